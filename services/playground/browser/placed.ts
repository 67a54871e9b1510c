import { drawnAt, placeIn, type TimeRange } from '@beyond-headers/traces/draw';
import type { TimeScale } from './time-window.ts';

/** Where a stretch is in sight, in percent of the width. */
export interface Place {
  left: number;
  width: number;
}

/** Where a stretch of time is drawn; `before` or `after` what is in sight when it does not touch that. */
export function placedOn(
  { cuts, visible }: TimeScale,
  { startMs, endMs }: TimeRange,
): Place | 'before' | 'after' {
  const [from, to] = [drawnAt(cuts, startMs), drawnAt(cuts, Math.max(startMs, endMs))];
  if (to < visible.startMs) return 'before';
  return from > visible.endMs ? 'after' : placeIn(visible, from, to);
}

/** Puts an element there. */
export function putAt({ style }: HTMLElement, { left, width }: Place): void {
  style.left = `${left}%`;
  style.width = `${width}%`;
}

/** The cuts that are in sight, or some of them, each as an element across its stretch. */
export function cutViews(scale: TimeScale, make: () => HTMLElement, cuts = scale.cuts): HTMLElement[] {
  return cuts.flatMap((cut) => {
    const place = placedOn(scale, cut);
    if (typeof place === 'string') return [];
    const element = make();
    putAt(element, place);
    return [element];
  });
}
