/**
 * Characters that take two columns of a terminal, and characters that take none. Detected by script, because JavaScript lacks Unicode's
 * table of widths.
 */
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60]/u;
const zero = /\p{Mark}/u;
const ascii = /^[ -~]*$/;

/** Cuts text with an ellipsis, or pads it with spaces, to exactly `width` columns. */
export function fit(text: string, width: number, ellipsis: string): string {
  const found = cut(text, width, ellipsis);
  return found + ' '.repeat(Math.max(0, width - columnsOf(found)));
}

export function cut(text: string, width: number, ellipsis: string): string {
  if (columnsOf(text) <= width) return text;
  let [kept, columns] = ['', 0];
  for (const character of text) {
    columns += columnsOf(character);
    if (columns > width - 1) break;
    kept += character;
  }
  return kept + ellipsis;
}

function columnsOf(text: string): number {
  if (ascii.test(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += zero.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return columns;
}

/** Returns the number of columns of the widest text. */
export function widest(texts: readonly string[]): number {
  return texts.reduce((max, text) => Math.max(max, columnsOf(text)), 0);
}
