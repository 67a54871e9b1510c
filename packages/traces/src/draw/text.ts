import type { Glyphs } from './glyphs.ts';

// Names come from whoever sent the span: control characters (terminal escapes among them) and bidirectional marks are shown as a dot.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

export function printable(text: string): string {
  return text.replaceAll(unprintable, '·');
}

/** Exactly `width` columns: cut with an ellipsis or filled with spaces. */
export function fit(text: string, width: number, ellipsis: string): string {
  return cut(text, width, ellipsis).padEnd(width);
}

export function cut(text: string, width: number, ellipsis: string): string {
  if (text.length <= width) return text;
  return text.slice(0, Math.max(0, width - 1)) + ellipsis;
}

/** `850 µs`, `4.2 ms`, `420 ms`, `1.24 s`, `2m 05s`, `3h 07m`, `12 d`: at most eight columns. */
export function duration(ns: bigint, { micro }: Pick<Glyphs, 'micro'>): string {
  const us = Number(ns) / 1e3;
  if (us < 999.5) return `${Math.round(us)} ${micro}`;
  const ms = us / 1e3;
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  const seconds = ms / 1e3;
  return seconds < 59.995 ? `${seconds.toFixed(2)} s` : longDuration(Math.round(seconds));
}

function longDuration(seconds: number): string {
  const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3_600)];
  if (hours < 1) return `${minutes}m ${twoDigits(seconds % 60)}s`;
  if (hours < 100) return `${hours}h ${twoDigits(minutes % 60)}m`;
  return `${Math.floor(hours / 24)} d`;
}

function twoDigits(amount: number): string {
  return String(amount).padStart(2, '0');
}
