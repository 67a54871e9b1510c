import { MAX_VARIABLE_BYTES } from './env-value.ts';

// These characters have no special meaning in any shell, in any position.
const PLAIN = String.raw`[\w.,:=@%+/^-]`;
const PLAIN_WORD = new RegExp(`^${PLAIN}+$`);
// In double quotes, a backslash is literal, except before the characters that are special there.
const PART = String.raw`'([^']*)'|"((?:[^"$\`\\\n]|\\[$\`"\\])*)"|\\([^\n])|(${PLAIN}+)`;
const PARTS = new RegExp(PART, 'g');
const WORD = new RegExp(`^(?:${PART})*`);
/** Matches what may follow a word on its line: white space and a comment. */
const END = /^(?:[\t ]+(?:#.*)?)?$/;

/** Writes text as one word for sh, with quotes if it needs them. */
export function quoteWord(text: string): string {
  return PLAIN_WORD.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * Returns the text that sh makes of a word. Returns `undefined` if sh would expand something, if anything but a comment follows,
 * or if a quote is open.
 */
export function readWord(text: string): string | undefined {
  // Quoting turns a character into at most four, so `quoteWord` can't have written a longer text.
  if (text.length > 4 * MAX_VARIABLE_BYTES) return undefined;
  const [word = ''] = WORD.exec(text) ?? [];
  if (!END.test(text.slice(word.length))) return undefined;
  return word.replaceAll(
    PARTS,
    (_, single?: string, double?: string, escaped?: string, plain?: string) =>
      single ?? double?.replaceAll(/\\(.)/g, '$1') ?? escaped ?? plain ?? '',
  );
}
