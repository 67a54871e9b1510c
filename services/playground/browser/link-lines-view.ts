import { placeIn, type LinkLine, type TimeRange } from '@beyond-headers/traces/draw';
import { h } from './dom.ts';

/** More lines than this at a time would be a hatching. */
const MAX_LINES = 40;

/** Which rows are in sight: `first` up to and without `last`. */
export interface RowWindow {
  first: number;
  last: number;
}

/** The lines that touch the rows in sight, each from the span that links to the one it names, with the arrow there. */
export function linkLineViews(
  lines: readonly LinkLine[],
  { first, last }: RowWindow,
  visible: TimeRange,
): HTMLElement[] {
  return lines
    .filter(({ from, to }) => Math.max(from, to) >= first && Math.min(from, to) < last)
    .slice(0, MAX_LINES)
    .map((line) => lineView(line, visible));
}

function lineView({ from, fromMs, to, toMs }: LinkLine, visible: TimeRange): HTMLElement {
  const fromX = placeIn(visible, fromMs, fromMs).left;
  const toX = placeIn(visible, toMs, toMs).left;
  const line = h('i', {
    'data-across': fromX >= toX ? 'right' : 'left',
    'data-along': from >= to ? 'down' : 'up',
  });
  const { style } = line;
  style.left = `${Math.min(fromX, toX)}%`;
  style.width = `${Math.abs(fromX - toX)}%`;
  style.setProperty('--top', String(Math.min(from, to)));
  style.setProperty('--rows', String(Math.abs(from - to)));
  return line;
}
