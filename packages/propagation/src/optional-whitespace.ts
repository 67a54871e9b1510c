/** Drops spaces and tabs around a value. https://www.rfc-editor.org/rfc/rfc9110#section-5.6.3 */
export function trimOptionalWhitespace(value: string): string {
  let start = 0;
  let end = value.length;
  // Not a regular expression: `[\t ]+$` takes quadratic time on a long run of spaces in the middle.
  // Outside of the text, `charCodeAt` returns NaN, so both loops end.
  while (isSpaceOrTab(value.charCodeAt(start))) start++;
  while (isSpaceOrTab(value.charCodeAt(end - 1))) end--;
  return value.slice(start, end);
}

function isSpaceOrTab(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
