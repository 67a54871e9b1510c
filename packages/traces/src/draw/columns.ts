/** What takes two columns of a terminal, and what takes none. By the scripts, as Unicode's table of widths is not in JavaScript. */
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60]/u;
const zero = /\p{Mark}/u;
const ascii = /^[ -~]*$/;

/** Exactly `width` columns: cut with an ellipsis or filled with spaces. */
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

/** How many columns of a terminal a text takes. */
function columnsOf(text: string): number {
  if (ascii.test(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += zero.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return columns;
}

/** The columns of the widest text. */
export function widest(texts: readonly string[]): number {
  return texts.reduce((max, text) => Math.max(max, columnsOf(text)), 0);
}
