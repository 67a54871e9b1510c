import type { Page } from 'playwright-core';
import { nextFrames, scrollToTop } from './page.ts';

/** Sizes and positions of the parts of a page. */
export interface Geometry {
  /** Pairs of labels that overlap. */
  overlaps: string[];
  /** Labels that are cut off or hidden. */
  cut: string[];
  /** Labels with a font size under 11 pixels. */
  small: string[];
  pageWidth: number;
  screenWidth: number;
  /** For each run, the position of the axis's 0, and of the start of the first bar. */
  starts: Array<[number, number]>;
}

/** Selectors of all text that must be readable. */
const LABELS = `
  h1, .top p, .quiet, #run, .stop b, .switch, .carrier > small,
  .stop .badge, .verdict, .chip, .learn a, .explain, .j-name, .j-label,
  .j-trace, .j-stop .badge, .tool, .tick span, .cut-mark span, .trace-cell b, .trace-cell code,
  .facts, .trace-cell a, .name-cell .badge, .name, .attempt, .length, .gap span,
  .note-text`;

/** The parts of the page, which are scrolled into view one by one, because the page contains only the rows in view. */
const PARTS = ['.top', '#run-form', '#slot-a', '#slot-b'];

export async function geometryOf(page: Page): Promise<Geometry> {
  const whole: Geometry = { overlaps: [], cut: [], small: [], pageWidth: 0, screenWidth: 0, starts: [] };
  for (const part of PARTS) {
    await scrollToTop(page.locator(part));
    await nextFrames(page);
    const { overlaps, cut, small, starts, ...sizes } = await page.evaluate<Geometry>(
      `(${inPage})(${JSON.stringify(part)}, ${JSON.stringify(LABELS)})`,
    );
    whole.overlaps.push(...overlaps);
    whole.cut.push(...cut);
    whole.small.push(...small);
    whole.starts.push(...starts);
    Object.assign(whole, sizes);
  }
  return whole;
}

// A string, because the code runs in the page, and these tests don't have the types of the DOM.
const inPage = `(part, selector) => {
  const root = document.querySelector(part);
  const labels = [...root.querySelectorAll(selector)]
    .filter((element) => !element.closest('[hidden]'))
    .map((element) => ({ element, box: element.getBoundingClientRect(), name: element.className + ' ' + element.textContent.trim().slice(0, 40) }));
  const touch = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  const overlaps = labels.flatMap((a, index) => labels.slice(index + 1)
    .filter((b) => touch(a.box, b.box) && !a.element.contains(b.element) && !b.element.contains(a.element))
    .map((b) => a.name + ' / ' + b.name));
  const isCut = ({ element, box }) => box.width === 0 || box.left < -0.5 || box.right > document.documentElement.clientWidth + 0.5 || element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflow !== 'visible';
  const pixels = ({ element }) => parseFloat(getComputedStyle(element).fontSize);
  const starts = [...root.querySelectorAll('.waterfall')].map((waterfall) => [
    [...waterfall.querySelectorAll('.tick')].find((tick) => tick.textContent === '0').getBoundingClientRect().left,
    Math.min(...[...waterfall.querySelectorAll('.bar')].map((bar) => bar.getBoundingClientRect().left)),
  ]);
  return {
    overlaps,
    cut: labels.filter(isCut).map(({ name }) => name),
    small: labels.filter((label) => pixels(label) < 11).map((label) => label.name + ' ' + pixels(label)),
    pageWidth: document.documentElement.scrollWidth,
    screenWidth: document.documentElement.clientWidth,
    starts,
  };
}`;
