import type { LinkLine } from '@beyond-headers/traces/draw';
import { h } from './dom.ts';

/** More arcs at a time would be unreadable. */
const MAX_LINES = 40;
/** The number of arcs that fit next to each other beside the rows. Further arcs share these lanes. */
const MAX_LANES = 3;
/** The width of a lane, and the space between the lanes and the rows. */
const LANE_PX = 6;
const MARGIN_PX = 7;

/** The rows in sight: from `first`, up to but not including `last`. */
export interface RowWindow {
  first: number;
  last: number;
}

/** Returns the width that the arcs need beside the rows. */
export function gutterPx(lines: readonly LinkLine[]): number {
  if (lines.length === 0) return 0;
  const lanes = lines.reduce((most, { lane }) => Math.max(most, lane + 1), 0);
  return MARGIN_PX + LANE_PX * Math.min(MAX_LANES, lanes);
}

/** Renders the arcs that touch the rows in sight. Each goes from the span with the link to the linked span, where it has an arrowhead. */
export function linkLineViews(lines: readonly LinkLine[], { first, last }: RowWindow): HTMLElement[] {
  return lines
    .filter(({ from, to }) => Math.max(from, to) >= first && Math.min(from, to) < last)
    .slice(0, MAX_LINES)
    .map(lineView);
}

function lineView({ from, to, lane }: LinkLine): HTMLElement {
  const line = h('i', { 'data-to': from > to ? 'above' : 'below' });
  const { style } = line;
  style.width = `${LANE_PX * ((lane % MAX_LANES) + 1)}px`;
  style.setProperty('--top', String(Math.min(from, to)));
  style.setProperty('--rows', String(Math.abs(from - to)));
  return line;
}
