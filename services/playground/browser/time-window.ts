import {
  cutsOf,
  drawnAt,
  momentAt,
  pan,
  rangeOf,
  zoom,
  type Cut,
  type TimeRange,
} from '@beyond-headers/traces/draw';
import type { SpanView } from '../view/types.ts';
import { busyMoment } from './busy-moment.ts';

const ZOOM_STEP = 1.6;
/** What stays free around a span that is zoomed to, as a share of its length. */
const MARGIN = 0.1;

/** How time becomes a place: `whole` and `visible` are as drawn, with each cut as long as the axis shows it. */
export interface TimeScale {
  /** When the run began. */
  startMs: number;
  cuts: readonly Cut[];
  whole: TimeRange;
  visible: TimeRange;
}

/** The stretch of a run that is in sight, and what is cut out of it. */
export class TimeWindow {
  #spans: readonly SpanView[] = [];
  #range: TimeRange = { startMs: 0, endMs: 1 };
  #lengthMs = 0;
  #cuts: readonly Cut[] = [];
  #isCut = true;
  /** As moments, which stay what they are when the cuts change; undefined for all of it. */
  #chosen: TimeRange | undefined;

  /** `lengthMs` is at the least how much drawn time the whole width stands for, so that two runs compare. */
  show(spans: readonly SpanView[], lengthMs: number): void {
    this.#spans = spans;
    this.#range = rangeOf(spans) ?? { startMs: 0, endMs: 1 };
    this.#lengthMs = lengthMs;
    this.#cuts = this.#isCut ? cutsOf(spans, this.#range) : [];
  }

  cutWaits(isCut: boolean): void {
    this.#isCut = isCut;
    this.show(this.#spans, this.#lengthMs);
  }

  get scale(): TimeScale {
    const whole = this.#whole;
    const visible = this.#chosen ? this.#drawn(this.#chosen) : whole;
    return { startMs: this.#range.startMs, cuts: this.#cuts, whole, visible };
  }

  /** How long the run is drawn. */
  get drawnMs(): number {
    const { startMs, endMs } = this.#drawn(this.#range);
    return this.#spans.length > 0 ? endMs - startMs : 0;
  }

  /** Around a moment, or where none is given around work that is in the middle: never into an empty stretch. */
  zoomBy(steps: number, aroundMs?: number): void {
    const { visible, whole, cuts } = this.scale;
    const middle = (visible.startMs + visible.endMs) / 2;
    const around = aroundMs ?? busyMoment(this.#spans, this.#moments(visible), momentAt(cuts, middle));
    this.#choose(zoom(visible, whole, ZOOM_STEP ** steps, drawnAt(cuts, around)));
  }

  zoomTo(span: TimeRange): void {
    const { startMs, endMs } = this.#drawn(span);
    const margin = Math.max(endMs - startMs, 0.05) * MARGIN;
    const { whole } = this.scale;
    const start = Math.max(whole.startMs, startMs - margin);
    this.#choose({ startMs: start, endMs: Math.min(whole.endMs, Math.max(endMs, startMs) + margin) });
  }

  /** Shows a stretch that is given as drawn. */
  select(visible: TimeRange): void {
    this.#choose(visible);
  }

  panBy(share: number): void {
    const { visible, whole } = this.scale;
    this.#choose(pan(visible, whole, share));
  }

  fit(): void {
    this.#chosen = undefined;
  }

  get #whole(): TimeRange {
    const { startMs, endMs } = this.#drawn(this.#range);
    return { startMs, endMs: Math.max(endMs, startMs + this.#lengthMs) };
  }

  #choose(visible: TimeRange): void {
    const { startMs, endMs } = this.#whole;
    const isWhole = visible.startMs <= startMs && visible.endMs >= endMs;
    this.#chosen = isWhole ? undefined : this.#moments(visible);
  }

  #drawn({ startMs, endMs }: TimeRange): TimeRange {
    return { startMs: drawnAt(this.#cuts, startMs), endMs: drawnAt(this.#cuts, endMs) };
  }

  #moments({ startMs, endMs }: TimeRange): TimeRange {
    return { startMs: momentAt(this.#cuts, startMs), endMs: momentAt(this.#cuts, endMs) };
  }
}
