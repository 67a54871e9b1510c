/** `850 µs`, `4.2 ms`, `420 ms`, `1.24 s`, `2 m 05 s`. */
export function duration(ms: number): string {
  if (!(ms > 0)) return '0 µs';
  if (ms < 0.9995) return `${Math.round(ms * 1_000)} µs`;
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_995) return `${(ms / 1_000).toFixed(2)} s`;
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)} m ${String(seconds % 60).padStart(2, '0')} s`;
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

const ONES = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'];

/** `Two traces`: small numbers as words, for headings. */
export function countedInWords(count: number, noun: string): string {
  return `${ONES[count] ?? count} ${noun}${count === 1 ? '' : 's'}`;
}

export const shortId = (id: string) => id.slice(0, 8);

// Names come from whoever sent the span: control characters and marks that turn the direction of text are shown as a dot.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A text of unknown origin on one line, with nothing in it that can't be seen. */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, '·');
}
