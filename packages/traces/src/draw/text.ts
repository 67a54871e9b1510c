// Names are untrusted text from the sender of a span. A dot replaces control characters, such as terminal escapes, and bidirectional marks.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Returns untrusted text on one line, with a dot in place of each invisible character. */
export function printable(text: string): string {
  return text.replaceAll(unprintable, '·');
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

export function shortId(id: string): string {
  return id.slice(0, 8);
}
