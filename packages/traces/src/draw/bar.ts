import type { Span } from '../tree/span.ts';
import type { Glyphs } from './glyphs.ts';

/** The common time scale of all rows. */
export interface Scale {
  startNs: bigint;
  lengthNs: bigint;
  columns: number;
}

export function scaleOf(spans: readonly Span[], columns: number): Scale {
  const startNs = spans.reduce(
    (min, span) => (span.startNs < min ? span.startNs : min),
    spans[0]?.startNs ?? 0n,
  );
  const endNs = spans.reduce((max, span) => (span.endNs > max ? span.endNs : max), startNs);
  return { startNs, lengthNs: endNs > startNs ? endNs - startNs : 1n, columns };
}

/** A waiting span is drawn lighter: nothing works in that time. */
export function isWaiting(span: Pick<Span, 'name'>): boolean {
  return span.name.startsWith('wait ');
}

/** The span on the scale, exactly `columns` wide; however short, it is seen. */
export function bar(span: Span, { startNs, lengthNs, columns }: Scale, glyphs: Glyphs): string {
  const column = (ns: bigint) => (Number(ns - startNs) / Number(lengthNs)) * columns;
  const from = column(span.startNs);
  const to = Math.max(from, column(span.endNs));
  const first = Math.min(columns - 1, Math.floor(from));
  if (to - from < 0.5) return (' '.repeat(first) + glyphs.tick).padEnd(columns);
  const last = Math.min(columns, Math.max(first + 1, Math.round(to)));
  const glyph = isWaiting(span) ? glyphs.wait : glyphs.work;
  return (' '.repeat(first) + glyph.repeat(last - first)).padEnd(columns);
}
