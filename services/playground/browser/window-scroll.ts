import { one } from './dom.ts';
import type { RowWindow } from './link-lines-view.ts';

/** Rows that are drawn above and below those in sight, so that scrolling shows no gaps. */
const OVERSCAN = 8;

/** Returns which rows of a grid to draw: those in the window, and some around them. All rows have the same height. */
export function rowsInSight(grid: HTMLElement, rowPx: number): RowWindow {
  const { top } = grid.getBoundingClientRect();
  return {
    first: Math.max(0, Math.floor(-top / rowPx) - OVERSCAN),
    last: Math.max(0, Math.ceil((innerHeight - top) / rowPx) + OVERSCAN),
  };
}

/**
 * Scrolls the page as little as needed to show a row below the sticky head and above details at the bottom. Rounds away from
 * zero, because a page scrolls by whole pixels.
 */
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
