import type { TimeRange } from '@beyond-headers/traces/draw';
import type { SpanView } from '../view/types.ts';

/** The start of a span in sight that is the nearest to a moment; the moment itself where none starts in sight. */
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
