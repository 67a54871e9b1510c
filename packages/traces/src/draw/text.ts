// Names come from the sender of the span: control characters (terminal escapes among them) and bidirectional marks are shown as a dot.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Text of unknown origin on one line, without invisible characters. */
export function printable(text: string): string {
  return text.replaceAll(unprintable, '·');
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

export function shortId(id: string): string {
  return id.slice(0, 8);
}
