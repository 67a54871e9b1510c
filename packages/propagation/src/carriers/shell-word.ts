import { MAX_VARIABLE_BYTES } from './env-value.ts';

// No shell gives these a meaning, wherever they stand.
const PLAIN = String.raw`[\w.,:=@%+/^-]`;
const PLAIN_WORD = new RegExp(`^${PLAIN}+$`);
const WORD = new RegExp(String.raw`^(?:'[^']*'|\\[^\n]|${PLAIN})*$`);

/** Writes text as one word of sh, in quotes where it needs them. */
export function quoteWord(text: string): string {
  return PLAIN_WORD.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Gives the text that sh makes of a word, or `undefined` where it would expand something, end the word, or find it open. */
export function readWord(word: string): string | undefined {
  // Quoting makes at most four characters of one. What is longer was not written by `quoteWord`.
  if (word.length > 4 * MAX_VARIABLE_BYTES || !WORD.test(word)) return undefined;
  return word.replaceAll(
    /'([^']*)'|\\(.)/g,
    (_, quoted?: string, escaped?: string) => quoted ?? escaped ?? '',
  );
}
