import { pan, placeIn, type Row, type TimeRange } from '@beyond-headers/traces/draw';
import { serviceClass } from '../view/services.ts';
import type { SpanView } from '../view/types.ts';
import { h } from './dom.ts';
import { cutViews, placedOn, putAt } from './placed.ts';
import type { TimeScale } from './time-window.ts';

/** The rows and columns of the minimap, which limit the number of its marks. */
const LANES = 6;
const COLUMNS = 100;
/** A shorter drag counts as a click, and selects nothing. */
const MIN_DRAG_SHARE = 0.01;

/** The whole run in miniature, with a frame around the time in sight. Drag across it to select a time, or drag the frame to move it. */
export class Minimap {
  readonly #marks = h('div', { class: 'minimap-marks' });
  readonly #frame = h('div', { class: 'minimap-frame' });
  // Screen readers don't need it: the keys + − 0 < > in the rows do the same.
  readonly element = h('div', { class: 'minimap', 'aria-hidden': 'true' }, this.#marks, this.#frame);
  readonly #onChoose: (visible: TimeRange) => void;
  #scale: TimeScale | undefined;

  constructor(onChoose: (visible: TimeRange) => void) {
    this.#onChoose = onChoose;
    this.element.addEventListener('pointerdown', (event) => this.#onPress(event));
  }

  show(rows: readonly Row<SpanView>[], scale: TimeScale): void {
    this.#scale = scale;
    const whole = { ...scale, visible: scale.whole };
    this.#marks.replaceChildren(...cutViews(whole, 'cut'), ...markViews(rows, whole));
    putAt(this.#frame, placeIn(scale.whole, scale.visible.startMs, scale.visible.endMs));
    this.element.dataset['zoomed'] = String(lengthOf(scale.visible) < lengthOf(scale.whole));
  }

  #onPress(event: PointerEvent): void {
    const scale = this.#scale;
    if (!scale || event.button !== 0) return;
    event.preventDefault();
    this.element.setPointerCapture(event.pointerId);
    const { visible, whole } = scale;
    const from = this.#drawnAt(event, whole);
    const isMove = this.element.dataset['zoomed'] === 'true' && event.target === this.#frame;
    const follow = (moved: PointerEvent) => {
      const to = this.#drawnAt(moved, whole);
      if (isMove) this.#onChoose(pan(visible, whole, (to - from) / lengthOf(visible)));
      else if (Math.abs(to - from) > lengthOf(whole) * MIN_DRAG_SHARE)
        this.#onChoose({ startMs: Math.min(from, to), endMs: Math.max(from, to) });
    };
    this.element.addEventListener('pointermove', follow);
    const stop = () => this.element.removeEventListener('pointermove', follow);
    this.element.addEventListener('lostpointercapture', stop, { once: true });
  }

  #drawnAt({ clientX }: PointerEvent, whole: TimeRange): number {
    const { left, width } = this.element.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (clientX - left) / width));
    return whole.startMs + share * lengthOf(whole);
  }
}

const lengthOf = ({ startMs, endMs }: TimeRange): number => endMs - startMs;

/** Renders which services work when, as blocks of one color each. */
function markViews(rows: readonly Row<SpanView>[], scale: TimeScale): HTMLElement[] {
  const spans = rows.filter((row) => row.type === 'span');
  const lanes = Array.from({ length: LANES }, () => Array.from({ length: COLUMNS }, () => ''));
  for (const [index, { span, folded, isWaiting }] of spans.entries()) {
    const place = placedOn(scale, folded ?? span);
    if (isWaiting || typeof place === 'string') continue;
    const first = Math.min(COLUMNS - 1, Math.floor((place.left / 100) * COLUMNS));
    const last = Math.max(first + 1, Math.round(((place.left + place.width) / 100) * COLUMNS));
    lanes[Math.floor((index * LANES) / spans.length)]?.fill(serviceClass(span.service), first, last);
  }
  return lanes.flatMap((lane, row) => runsOf(lane).map((run) => markView(run, row)));
}

interface Run {
  className: string;
  first: number;
  last: number;
}

function runsOf(lane: readonly string[]): Run[] {
  const runs: Run[] = [];
  for (const [column, className] of lane.entries()) {
    const before = runs.at(-1);
    if (before && before.className === className) before.last = column + 1;
    else runs.push({ className, first: column, last: column + 1 });
  }
  return runs.filter(({ className }) => className !== '');
}

function markView({ className, first, last }: Run, lane: number): HTMLElement {
  const mark = h('i', { class: className });
  putAt(mark, { left: (first / COLUMNS) * 100, width: ((last - first) / COLUMNS) * 100 });
  mark.style.top = `${(lane / LANES) * 100}%`;
  return mark;
}
