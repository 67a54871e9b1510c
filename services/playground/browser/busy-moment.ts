import type { TimeRange } from '@beyond-headers/traces/draw';
import type { SpanView } from '../view/types.ts';

/** Returns the start nearest to `moment` among the spans that start in sight, or `moment` if none does. */
export function busyMoment(spans: readonly SpanView[], visible: TimeRange, moment: number): number {
  const starts = spans
    .map(({ startMs }) => startMs)
    .filter((startMs) => startMs >= visible.startMs && startMs <= visible.endMs);
  const [first = moment] = starts;
  return starts.reduce(
    (nearest, each) => (Math.abs(each - moment) < Math.abs(nearest - moment) ? each : nearest),
    first,
  );
}
