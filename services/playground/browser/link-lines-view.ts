import type { LinkLine } from '@beyond-headers/traces/draw';
import { h } from './dom.ts';

/** More arcs than this at a time would be a hatching. */
const MAX_LINES = 40;
/** Beside the rows there is room for so many arcs next to each other; further ones share the lanes. */
const MAX_LANES = 3;
/** How wide a lane is, and what all of them leave free before the rows. */
const LANE_PX = 6;
const MARGIN_PX = 7;

/** Which rows are in sight: `first` up to and without `last`. */
export interface RowWindow {
  first: number;
  last: number;
}

/** How much room the arcs need beside the rows. */
export function gutterPx(lines: readonly LinkLine[]): number {
  if (lines.length === 0) return 0;
  const lanes = lines.reduce((most, { lane }) => Math.max(most, lane + 1), 0);
  return MARGIN_PX + LANE_PX * Math.min(MAX_LANES, lanes);
}

/** The arcs that touch the rows in sight, each from the span that links to the one it names, with the arrow there. */
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
