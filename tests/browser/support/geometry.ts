import type { Page } from 'playwright-core';

/** Where the parts of a page stand. */
export interface Geometry {
  /** Labels that lie on one another. */
  overlaps: string[];
  /** Labels that are cut off or not shown. */
  cut: string[];
  /** Labels in a font under 11 pixels. */
  small: string[];
  pageWidth: number;
  screenWidth: number;
  /** Of each run, where its axis has its 0, and where its first bar begins. */
  starts: Array<[number, number]>;
}

/** What is read, and what must not lie below that. */
const LABELS = `
  h1, .top p, .quiet, #run, .stop b, .switch, .carrier > small,
  .stop .badge, .verdict, .chip, .learn a, .explain, .j-name, .j-label,
  .j-trace, .j-stop .badge, .tool, .tick span, .cut-mark span, .trace-cell b, .trace-cell code,
  .facts, .trace-cell a, .name-cell .badge, .name, .attempt, .length, .gap span,
  .note-text`;

/** The parts that are looked at one after the other: only the rows in sight are in the page. */
const PARTS = ['.top', '#run-form', '#slot-a', '#slot-b'];

export async function geometryOf(page: Page): Promise<Geometry> {
  const whole: Geometry = { overlaps: [], cut: [], small: [], pageWidth: 0, screenWidth: 0, starts: [] };
  for (const part of PARTS) {
    await page.locator(part).evaluate(scrollToTop);
    await page.evaluate('new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))');
    const { overlaps, cut, small, starts, ...sizes } = await page.evaluate<Geometry>(
      `(${inPage})(${JSON.stringify(part)}, ${JSON.stringify(LABELS)})`,
    );
    for (const [list, found] of [
      [whole.overlaps, overlaps],
      [whole.cut, cut],
      [whole.small, small],
    ] as const)
      list.push(...found);
    whole.starts.push(...starts);
    Object.assign(whole, sizes);
  }
  return whole;
}

/** Runs in the page. */
function scrollToTop(element: unknown): void {
  (element as { scrollIntoView: () => void }).scrollIntoView();
}

// As text, for it runs in the page, whose types these tests do not have.
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
