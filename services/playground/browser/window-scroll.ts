import { one } from './dom.ts';
import type { RowWindow } from './link-lines-view.ts';

/** Rows kept above and below those in sight, so that scrolling shows no holes. */
const OVERSCAN = 8;

/** Which rows of a grid are in the window, of rows that are all as high. */
export function rowsInSight(grid: HTMLElement, rowPx: number): RowWindow {
  const { top } = grid.getBoundingClientRect();
  return {
    first: Math.max(0, Math.floor(-top / rowPx) - OVERSCAN),
    last: Math.max(0, Math.ceil((innerHeight - top) / rowPx) + OVERSCAN),
  };
}

/** Scrolls the page, which has whole pixels alone, as little as brings a row into sight, below a head that stays and above details at the bottom. */
export function scrollToRow(grid: HTMLElement, index: number, rowPx: number, headPx: number): void {
  const top = grid.getBoundingClientRect().top + index * rowPx;
  const bottomPx = bottomOfSight();
  if (top < headPx) scrollBy(0, Math.floor(top - headPx));
  else if (top + rowPx > bottomPx) scrollBy(0, Math.ceil(top + rowPx - bottomPx));
}

function bottomOfSight(): number {
  const details = one('#span-details', HTMLDialogElement);
  const isBelow = details.open && getComputedStyle(details).position === 'fixed';
  return isBelow ? details.getBoundingClientRect().top : innerHeight;
}
