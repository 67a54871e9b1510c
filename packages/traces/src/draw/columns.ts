/** Exactly `width` columns: cut with an ellipsis or filled with spaces. */
export function fit(text: string, width: number, ellipsis: string): string {
  return cut(text, width, ellipsis).padEnd(width);
}

export function cut(text: string, width: number, ellipsis: string): string {
  if (text.length <= width) return text;
  return text.slice(0, Math.max(0, width - 1)) + ellipsis;
}

/** The length of the longest text. */
export function widest(texts: readonly string[]): number {
  return texts.reduce((max, text) => Math.max(max, text.length), 0);
}
