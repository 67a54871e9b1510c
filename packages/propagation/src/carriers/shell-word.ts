import { MAX_VARIABLE_BYTES } from './env-value.ts';

// No shell gives these a meaning, wherever they stand.
const PLAIN = String.raw`[\w.,:=@%+/^-]`;
const PLAIN_WORD = new RegExp(`^${PLAIN}+$`);
// In double quotes, a backslash stands for itself, but before the characters that have a meaning there.
const PART = String.raw`'([^']*)'|"((?:[^"$\`\\\n]|\\[$\`"\\])*)"|\\([^\n])|(${PLAIN}+)`;
const PARTS = new RegExp(PART, 'g');
const WORD = new RegExp(`^(?:${PART})*`);
/** What a line may have after a word. */
const END = /^(?:[\t ]+(?:#.*)?)?$/;

/** Writes text as one word of sh, in quotes where it needs them. */
export function quoteWord(text: string): string {
  return PLAIN_WORD.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Gives the text that sh makes of a word, or `undefined` where it would expand something, go on after the word, or find it open. */
export function readWord(text: string): string | undefined {
  // Quoting makes at most four characters of one. What is longer was not written by `quoteWord`.
  if (text.length > 4 * MAX_VARIABLE_BYTES) return undefined;
  const [word = ''] = WORD.exec(text) ?? [];
  if (!END.test(text.slice(word.length))) return undefined;
  return word.replaceAll(
    PARTS,
    (_, single?: string, double?: string, escaped?: string, plain?: string) =>
      single ?? double?.replaceAll(/\\(.)/g, '$1') ?? escaped ?? plain ?? '',
  );
}
