import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageBuilds } from './builds.ts';
import { formatPage, madeFrom, type Page } from './page.ts';

const SOURCE = join(import.meta.dirname, '../../packages/propagation/src');

/** The page with each export of the package, its docstring, and its declaration, in the order of the indexes. */
export const propagationApi: Page = { path: 'docs/reference/propagation-api.md', render };

async function render(): Promise<string> {
  const types = join(await packageBuilds(), 'propagation/dist');
  const sectionsOf = (folder: string) =>
    exportsOf(readFileSync(join(SOURCE, folder, 'index.ts'), 'utf8')).map(([name, file]) =>
      section(name, join(types, folder, file)),
    );
  return formatPage([
    '# API of @beyond-headers/propagation',
    madeFrom('the comments in the code'),
    'The [README](../../packages/propagation/README.md) introduces the library with examples. Start with [injectContext](#injectcontext), [extractContext](#extractcontext), [captureContext](#capturecontext), and [startFrom](#startfrom). ',
    'A context says to which trace and span a piece of work belongs. It may also have baggage: key-value pairs that travel with it. A carrier is an object that holds a context, such as a document or the headers of a message. An export whose name ends in `Carrier` defines how to write and read one kind of carrier. A propagator turns a context into fields, such as `traceparent`, and back. The global propagator is the one that you register with OpenTelemetry.',
    ...sectionsOf('.'),
    '## From @beyond-headers/propagation/mongodb',
    'This entry point is for collections of the MongoDB driver. It adds no dependency.',
    ...sectionsOf('mongodb'),
  ]);
}

function exportsOf(index: string): [name: string, file: string][] {
  return Array.from(index.matchAll(/^export (?:type )?\{([^}]*)\} from '([^']*)'/gm)).flatMap(
    ([, names = '', file = '']) =>
      names
        .split(',')
        .map((name): [string, string] => [name.replace(/^\s*type /, '').trim(), declarationFile(file)])
        .filter(([name]) => name !== ''),
  );
}

function declarationFile(file: string): string {
  return file.replace(/\.ts$/, '.d.mts');
}

function section(name: string, path: string): string {
  const source = `${readFileSync(path, 'utf8')}\n`;
  const start = source.search(
    new RegExp(`^export (declare )?(abstract )?(const|function|class|interface|type) ${name}\\b`, 'm'),
  );
  if (start === -1) throw new Error(`Failed to document ${name}: no declaration in ${path}.`);
  const rest = source.slice(start);
  // A declaration ends with its first closing line without indentation.
  const [declaration = ''] = /^[^]*?(^\}|;)$/m.exec(rest) ?? [];
  return `## ${name}\n\n${docstring(name, source.slice(0, start))}\n\n\`\`\`ts\n${wholeFunction(name, rest, declaration)}\n\`\`\`\n`;
}

// Overloads and one-line object types contain semicolons too, so this extends the declaration until all brackets are closed.
function wholeFunction(name: string, rest: string, declaration: string): string {
  let end = declaration.length;
  while (depth(rest.slice(0, end)) > 0) {
    const next = rest.indexOf('\n', end + 1);
    if (next === -1) throw new Error(`Failed to document ${name}: its declaration has no end.`);
    end = next;
  }
  return rest.slice(0, end).trim().replace('export declare ', '').replace('export ', '');
}

function depth(text: string): number {
  return text.split(/[{(]/).length - text.split(/[})]/).length;
}

function docstring(name: string, before: string): string {
  const [, text] = /\/\*\*((?:(?!\*\/)[^])*)\*\/\s*$/.exec(before) ?? [];
  if (text === undefined) throw new Error(`Failed to document ${name}: it has no docstring.`);
  return text
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
    .join('\n')
    .trim()
    .replaceAll(/\{@link\s+(\w+)\}/g, '`$1`')
    .replaceAll(/^@param (\w+)/gm, '- `$1`:')
    .replaceAll(/^@throws \{(\w+)\}/gm, '- Throws `$1`:');
}
