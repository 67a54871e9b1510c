import type { SpanShape } from '../tree/span.ts';
import type { TimeRange } from './scale.ts';
import { isIdle } from './waits.ts';

/** A stretch of time in which nothing works, drawn shorter than it was. */
export interface Cut extends TimeRange {
  /** How much of the axis it gets, as if it had lasted so long. */
  drawnMs: number;
}

/** A wait is long from this share of all the work on, and never when it is shorter than this. */
const LONG_SHARE = 0.5;
const MIN_CUT_MS = 20;
/** What a cut is drawn as, as a share of all the work: one alone, and all of them together. */
const ONE_SHARE = 0.1;
const ALL_SHARE = 0.5;

/** The long waits of traces, in order. There are none where nothing works at all. */
export function cutsOf(spans: readonly SpanShape[], whole: TimeRange): Cut[] {
  const busy = busyRanges(spans, whole);
  const workMs = busy.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  if (workMs === 0) return [];
  const minMs = Math.max(MIN_CUT_MS, workMs * LONG_SHARE);
  const waits = between(busy, whole).filter(({ startMs, endMs }) => endMs - startMs > minMs);
  const drawnMs = workMs * Math.min(ONE_SHARE, ALL_SHARE / waits.length);
  return waits.map((wait) => ({ ...wait, drawnMs }));
}

/** When something works, in order and without overlaps. */
function busyRanges(spans: readonly SpanShape[], whole: TimeRange): TimeRange[] {
  const ranges: TimeRange[] = [];
  const working = spans.filter((span) => !isIdle(span)).toSorted((a, b) => a.startMs - b.startMs);
  for (const span of working) {
    const startMs = Math.max(whole.startMs, span.startMs);
    const endMs = Math.min(whole.endMs, Math.max(span.startMs, span.endMs));
    const last = ranges.at(-1);
    if (last && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs);
    else if (startMs <= endMs) ranges.push({ startMs, endMs });
  }
  return ranges;
}

function between(busy: readonly TimeRange[], whole: TimeRange): TimeRange[] {
  const ends = [whole.startMs, ...busy.map(({ endMs }) => endMs)];
  const starts = [...busy.map(({ startMs }) => startMs), whole.endMs];
  return starts.map((endMs, index) => ({ startMs: ends[index] ?? endMs, endMs }));
}

/** Where a moment is on an axis with cuts, in milliseconds since 1970 as if each cut had lasted as long as it is drawn. */
export function drawnAt(cuts: readonly Cut[], ms: number): number {
  return cuts.reduce((drawn, { startMs, endMs, drawnMs }) => {
    const share = Math.min(1, Math.max(0, (ms - startMs) / (endMs - startMs)));
    return drawn - share * (endMs - startMs - drawnMs);
  }, ms);
}

/** The moment that is drawn there: the way back from {@link drawnAt}. */
export function momentAt(cuts: readonly Cut[], drawn: number): number {
  return cuts.reduce((ms, { startMs, endMs, drawnMs }) => {
    const share = Math.min(1, Math.max(0, (ms - startMs) / drawnMs));
    return ms + share * (endMs - startMs - drawnMs);
  }, drawn);
}
