import { byStart } from '../tree/build-tree.ts';
import type { SpanShape } from '../tree/span.ts';

/** A period, in milliseconds since 1970. */
export interface TimeRange {
  startMs: number;
  endMs: number;
}

/** The minimum length of a drawn period. In a shorter one, times could not be distinguished. */
export const MIN_LENGTH_MS = 0.05;

/**
 * Returns the period of the spans, from the start of the first root to the last end. It doesn't begin with the earliest start, which may
 * come from another clock, or with a span that has no start time. It is long enough to be drawn. Undefined if there are no spans.
 */
export function rangeOf(spans: readonly SpanShape[]): TimeRange | undefined {
  const period = periodOf(spans);
  return period && { ...period, endMs: Math.max(period.endMs, period.startMs + MIN_LENGTH_MS) };
}

/** Like {@link rangeOf}, but without a minimum length. */
export function periodOf(spans: readonly SpanShape[]): TimeRange | undefined {
  const timed = spans.filter(({ startMs }) => startMs > 0);
  const known = timed.length > 0 ? timed : spans;
  const roots = known.filter(({ parentSpanId }) => parentSpanId === undefined);
  const [first] = (roots.length > 0 ? roots : known).toSorted(byStart);
  if (!first) return undefined;
  const { startMs } = first;
  return { startMs, endMs: spans.reduce((max, span) => Math.max(max, span.endMs), startMs) };
}

/** Returns the position of a period within the visible one, in percent of its width, clipped at both ends. */
export function placeIn(visible: TimeRange, startMs: number, endMs: number): { left: number; width: number } {
  const left = percent(visible, startMs);
  return { left, width: Math.max(0, percent(visible, Math.max(startMs, endMs)) - left) };
}

function percent({ startMs, endMs }: TimeRange, ms: number): number {
  return Math.min(100, Math.max(0, ((ms - startMs) / (endMs - startMs)) * 100));
}
