import { drawnAt, type Cut } from './cuts.ts';
import type { TimeRange } from './scale.ts';

/** A mark on an axis. */
export interface Tick {
  /** Where it is, as {@link drawnAt} says. */
  drawnMs: number;
  /** How long after the start, or where a cut is before it, after the end of that. */
  afterMs: number;
  isAfterCut: boolean;
}

const STEPS = [1, 2, 5];

/**
 * Round times on the visible stretch, about `count` of them. After a cut they are counted from its end: a moment of the next day
 * is told apart by the milliseconds since then. `visible` is as drawn, the start a moment.
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

/** The smallest round distance of which at most `count` are in a length. */
function stepOf(lengthMs: number, count: number): number {
  const power = 10 ** Math.floor(Math.log10(lengthMs / count));
  return (STEPS.find((each) => each * power * count >= lengthMs) ?? 10) * power;
}
