import { drawnAt, type Cut } from './cuts.ts';
import type { TimeRange } from './scale.ts';

/** A mark on an axis. */
export interface Tick {
  /** The position of the mark, as returned by {@link drawnAt}. */
  drawnMs: number;
  /** The time since the start or, after a cut, since the end of the cut. */
  afterMs: number;
  isAfterCut: boolean;
}

const STEPS = [1, 2, 5];

/**
 * Returns marks at round times in the visible period, about `count` of them. After a cut, the times count from its end, so that
 * milliseconds are still visible a day later. `visible` is in positions on the axis, and `startMs` is a time.
 */
export function ticks(visible: TimeRange, startMs: number, cuts: readonly Cut[] = [], count = 5): Tick[] {
  const step = stepOf(visible.endMs - visible.startMs, count);
  const starts = [startMs, ...cuts.map(({ endMs }) => endMs)];
  const ends = [...cuts.map((cut) => drawnAt(cuts, cut.startMs)), visible.endMs];
  return starts.flatMap((start, part) => {
    const from = drawnAt(cuts, start);
    const first = Math.max(part === 0 ? 0 : step, Math.ceil((visible.startMs - from) / step) * step);
    const last = Math.min(ends[part] ?? from, visible.endMs) - from;
    const amount = Math.max(0, Math.floor((last - first) / step + 1e-9) + 1);
    return Array.from({ length: amount }, (_, index): Tick => {
      const afterMs = first + index * step;
      return { drawnMs: from + afterMs, afterMs, isAfterCut: part > 0 };
    });
  });
}

/** Returns the smallest round step that fits into a length at most `count` times. */
function stepOf(lengthMs: number, count: number): number {
  const power = 10 ** Math.floor(Math.log10(lengthMs / count));
  return (STEPS.find((each) => each * power * count >= lengthMs) ?? 10) * power;
}
