import { drawnAt, placeIn, type TimeRange } from '@beyond-headers/traces/draw';
import { h } from './dom.ts';
import type { TimeScale } from './time-window.ts';

/** A position on the visible time scale, in percent of its width. */
export interface Place {
  left: number;
  width: number;
}

/** Returns where a period is drawn, or on which side of the visible time it is. */
export function placedOn(
  { cuts, visible }: TimeScale,
  { startMs, endMs }: TimeRange,
): Place | 'before' | 'after' {
  const [from, to] = [drawnAt(cuts, startMs), drawnAt(cuts, Math.max(startMs, endMs))];
  if (to < visible.startMs) return 'before';
  return from > visible.endMs ? 'after' : placeIn(visible, from, to);
}

/** Moves an element to a position. */
export function putAt({ style }: HTMLElement, { left, width }: Place): void {
  style.left = `${left}%`;
  style.width = `${width}%`;
}

/** Renders each visible cut as an element of a class across its length. */
export function cutViews(scale: TimeScale, className: string, cuts = scale.cuts): HTMLElement[] {
  return cuts.flatMap((cut) => {
    const place = placedOn(scale, cut);
    if (typeof place === 'string') return [];
    const element = h('i', { class: className });
    putAt(element, place);
    return [element];
  });
}
