import { lexer, type Tokens } from 'marked';
import { read } from '../../../scripts/project-files.ts';
import { readInfo, type Info } from './info-string.ts';

/** A fenced block of a page. */
export interface Block {
  info: Info;
  /** The content between the fences. */
  text: string;
  /** The line number of the opening fence, from 1. */
  line: number;
  /** The position of `text` in the page: offsets of its first character and after its last one. */
  start: number;
  end: number;
}

/** A block, and its expected output. */
export interface Step extends Block {
  /** The `text` block that follows. Without one, the block must print nothing. */
  output?: Block;
}

/** Returns the steps of a page in order. `path` is relative to the root. Throws with the line that breaks a rule. */
export function readSteps(path: string, source = read(path)): Step[] {
  const steps: Step[] = [];
  for (const block of blocksOf(path, source)) {
    const { language } = block.info;
    if (['bash', 'shell', 'console', 'zsh'].includes(language))
      throw new Error(`${path}:${block.line}: a ${language} block would not be run. Expected sh`);
    if (language !== 'text') steps.push(block);
    else giveOutput(steps.at(-1), block, path);
  }
  return steps;
}

function giveOutput(step: Step | undefined, output: Block, path: string): void {
  if (step?.info.language !== 'sh' || step.output)
    throw new Error(
      `${path}:${output.line}: a text block is the output of the sh block before it, and there is none. ` +
        'Expected a fence without a language for anything else',
    );
  step.output = output;
}

/** Returns all fenced blocks without indentation. Throws for a block in a list or a quotation, because it would be skipped. */
function blocksOf(path: string, source: string): Block[] {
  const blocks: Block[] = [];
  let offset = 0;
  for (const token of lexer(source)) {
    const line = source.slice(0, offset).split('\n').length;
    if (token.type === 'code' && isFenced(token as Tokens.Code)) {
      const block = toBlock(path, token as Tokens.Code, line, offset);
      if (source.slice(block.start, block.end) !== block.text)
        throw new Error(`${path}:${line}: the block is not where the parser says`);
      blocks.push(block);
    } else if (token.type !== 'code' && /^[ >*-]*\s*```/m.test(token.raw)) {
      throw new Error(`${path}:${line}: a block in a list would not be run. Expected it at the margin`);
    }
    offset += token.raw.length;
  }
  return blocks;
}

const isFenced = ({ codeBlockStyle }: Tokens.Code) => codeBlockStyle !== 'indented';

function toBlock(path: string, { raw, lang = '', text }: Tokens.Code, line: number, offset: number): Block {
  const start = offset + raw.indexOf('\n') + 1;
  try {
    return { info: readInfo(lang), text, line, start, end: start + text.length };
  } catch (cause) {
    throw new Error(`${path}:${line}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
