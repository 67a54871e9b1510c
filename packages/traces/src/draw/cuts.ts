import type { SpanShape } from '../tree/span.ts';
import type { TimeRange } from './scale.ts';
import { isIdle } from './waits.ts';

/** A period in which no span does any work, drawn shorter than it lasted. */
export interface Cut extends TimeRange {
  /** The length of the cut on the axis, in milliseconds of its time scale. */
  drawnMs: number;
}

/** A wait is cut if it is longer than `LONG_SHARE` of all the work, and longer than `MIN_CUT_MS`. */
const LONG_SHARE = 0.5;
const MIN_CUT_MS = 20;
/** The length of cuts on the axis, as a share of all the work: at most `ONE_SHARE` for each cut, and `ALL_SHARE` for all cuts together. */
const ONE_SHARE = 0.1;
const ALL_SHARE = 0.5;

/** Returns the long waits of traces, in order of time. If no span does any work, there are none. */
export function cutsOf(spans: readonly SpanShape[], whole: TimeRange): Cut[] {
  const busy = busyRanges(spans, whole);
  const workMs = busy.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  if (workMs === 0) return [];
  const minMs = Math.max(MIN_CUT_MS, workMs * LONG_SHARE);
  const waits = between(busy, whole).filter(({ startMs, endMs }) => endMs - startMs > minMs);
  const drawnMs = workMs * Math.min(ONE_SHARE, ALL_SHARE / waits.length);
  return waits.map((wait) => ({ ...wait, drawnMs }));
}

/** Returns the periods in which some span does work, in order and without overlaps. */
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

/** Returns the position of a time on an axis with cuts, in milliseconds since 1970, as if each cut had lasted only its `drawnMs`. */
export function drawnAt(cuts: readonly Cut[], ms: number): number {
  return cuts.reduce((drawn, { startMs, endMs, drawnMs }) => {
    const share = Math.min(1, Math.max(0, (ms - startMs) / (endMs - startMs)));
    return drawn - share * (endMs - startMs - drawnMs);
  }, ms);
}

/** Returns the time at a position on the axis. The inverse of {@link drawnAt}. */
export function momentAt(cuts: readonly Cut[], drawn: number): number {
  return cuts.reduce((ms, { startMs, endMs, drawnMs }) => {
    const share = Math.min(1, Math.max(0, (ms - startMs) / drawnMs));
    return ms + share * (endMs - startMs - drawnMs);
  }, drawn);
}
