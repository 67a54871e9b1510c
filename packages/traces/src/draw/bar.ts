import type { Glyphs } from './glyphs.ts';
import type { SpanRow } from './rows.ts';
import { placeIn, type TimeRange } from './scale.ts';

/** Draws a span on the time scale, in exactly `columns` columns. Even the shortest span is visible. */
export function bar({ span, isWaiting }: SpanRow, range: TimeRange, columns: number, glyphs: Glyphs): string {
  const { left, width } = placeIn(range, span.startMs, span.endMs);
  const [from, to] = [(left / 100) * columns, ((left + width) / 100) * columns];
  const first = Math.min(columns - 1, Math.floor(from));
  if (to - from < 0.5) return (' '.repeat(first) + glyphs.tick).padEnd(columns);
  const last = Math.min(columns, Math.max(first + 1, Math.round(to)));
  return (' '.repeat(first) + (isWaiting ? glyphs.wait : glyphs.work).repeat(last - first)).padEnd(columns);
}
