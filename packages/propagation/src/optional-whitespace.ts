/** Drops spaces and tabs around a value. https://www.rfc-editor.org/rfc/rfc9110#section-5.6.3 */
export function trimOptionalWhitespace(value: string): string {
  if (!isSpaceOrTab(value.charCodeAt(0)) && !isSpaceOrTab(value.charCodeAt(value.length - 1))) return value;
  let start = 0;
  let end = value.length;
  // Not a regular expression: `[\t ]+$` takes quadratic time on a long run of spaces in the middle.
  while (start < end && isSpaceOrTab(value.charCodeAt(start))) start++;
  while (end > start && isSpaceOrTab(value.charCodeAt(end - 1))) end--;
  return value.slice(start, end);
}

function isSpaceOrTab(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
