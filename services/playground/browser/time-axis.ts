import { drawnAt, duration, ticks } from '@beyond-headers/traces/draw';
import { h } from './dom.ts';
import type { TimeScale } from './time-window.ts';

/** A narrower axis has room for fewer labels. */
const NARROW_PX = 280;
/** The width of a character of a label, and of the space around the label. Both are estimates on the large side. */
const CHARACTER_PX = 7;
const PADDING_PX = 9;

interface Mark {
  className: string;
  atPx: number;
  text: string;
  /** The left edge of its text. */
  fromPx: number;
}

/** Returns the marks of an axis of the given width. Labels don't overlap: that of a cut has priority over that of a tick. */
export function axisMarks(scale: TimeScale, widthPx: number): HTMLElement[] {
  const marks = [...startMark(scale), ...cutMarks(scale, widthPx), ...tickMarks(scale, widthPx)];
  const taken: Mark[] = [];
  return marks.map((mark) => {
    const hasRoom =
      mark.fromPx + widthOf(mark) <= widthPx + PADDING_PX && !taken.some((each) => touch(each, mark));
    if (hasRoom) taken.push(mark);
    return markView(mark, hasRoom);
  });
}

const widthOf = ({ text }: Mark): number => text.length * CHARACTER_PX + PADDING_PX;

const touch = (a: Mark, b: Mark): boolean =>
  a.fromPx < b.fromPx + widthOf(b) && b.fromPx < a.fromPx + widthOf(a);

function startMark({ startMs, visible }: TimeScale): Mark[] {
  return startMs >= visible.startMs ? [{ className: 'tick', atPx: 0, fromPx: 0, text: '0' }] : [];
}

function tickMarks(scale: TimeScale, widthPx: number): Mark[] {
  const { startMs, visible, cuts } = scale;
  return ticks(visible, startMs, cuts, widthPx < NARROW_PX ? 3 : 5)
    .filter(({ afterMs }) => afterMs > 0)
    .map(({ drawnMs, afterMs, isAfterCut }) => {
      const atPx = pixelsOf(scale, drawnMs, widthPx);
      return { className: 'tick', atPx, fromPx: atPx, text: (isAfterCut ? '+' : '') + duration(afterMs) };
    });
}

function cutMarks(scale: TimeScale, widthPx: number): Mark[] {
  const { visible, cuts } = scale;
  const marks = cuts.flatMap((cut) => {
    const [from, to] = [drawnAt(cuts, cut.startMs), drawnAt(cuts, cut.endMs)];
    if (to < visible.startMs || from > visible.endMs) return [];
    const atPx = pixelsOf(scale, (from + to) / 2, widthPx);
    const mark = { className: 'cut-mark', atPx, fromPx: 0, text: `↔ ${duration(cut.endMs - cut.startMs)}` };
    return [{ ...mark, fromPx: atPx - widthOf(mark) / 2 }];
  });
  spread(marks, scale.startMs >= visible.startMs ? CHARACTER_PX + PADDING_PX : 0, widthPx);
  return marks;
}

/** Moves labels apart: to the right, and back to the left where they pass the end. */
function spread(marks: Mark[], startPx: number, endPx: number): void {
  let freePx = startPx;
  for (const mark of marks) {
    mark.fromPx = Math.max(freePx, mark.fromPx);
    freePx = mark.fromPx + widthOf(mark);
  }
  freePx = endPx;
  for (const mark of marks.toReversed()) {
    mark.fromPx = Math.min(mark.fromPx, freePx - widthOf(mark));
    freePx = mark.fromPx;
  }
}

function pixelsOf({ visible }: TimeScale, drawnMs: number, widthPx: number): number {
  return ((drawnMs - visible.startMs) / (visible.endMs - visible.startMs)) * widthPx;
}

function markView({ className, atPx, fromPx, text }: Mark, hasLabel: boolean): HTMLElement {
  const mark = h('span', { class: className }, hasLabel && h('span', {}, text));
  mark.style.left = `${className === 'tick' ? atPx : fromPx}px`;
  return mark;
}
