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

const ZOOM_STEP = 1.6;
/** The free space on each side of a span after a zoom to it, as a share of its length. */
const MARGIN = 0.1;

/** How moments are mapped to positions. `whole` and `visible` are as drawn, with each cut as long as it is on the axis. */
export interface TimeScale {
  /** When the run began. */
  startMs: number;
  cuts: readonly Cut[];
  whole: TimeRange;
  visible: TimeRange;
}

/** The visible part of a run, and what is cut out of it. */
export class TimeWindow {
  #spans: readonly SpanView[] = [];
  #range: TimeRange = { startMs: 0, endMs: 1 };
  #lengthMs = 0;
  #cuts: readonly Cut[] = [];
  #isCut = true;
  /** In real time, which stays valid when the cuts change. Undefined for the whole run. */
  #chosen: TimeRange | undefined;

  /** Sets the run. `lengthMs` is the least drawn time that the full width stands for, so that two runs have the same scale. */
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

  /** The length of the run as drawn, in milliseconds. */
  get drawnMs(): number {
    const { startMs, endMs } = this.#drawn(this.#range);
    return this.#spans.length > 0 ? endMs - startMs : 0;
  }

  /** Zooms around a moment. By default, zooms around the span start nearest to the middle, so that the view isn't empty. */
  zoomBy(steps: number, aroundMs?: number): void {
    const { visible, whole, cuts } = this.scale;
    const middle = (visible.startMs + visible.endMs) / 2;
    const around = aroundMs ?? this.#busyMoment(this.#moments(visible), momentAt(cuts, middle));
    this.select(zoom(visible, whole, ZOOM_STEP ** steps, drawnAt(cuts, around)));
  }

  zoomTo(span: TimeRange): void {
    const { startMs, endMs } = this.#drawn(span);
    const margin = Math.max(endMs - startMs, 0.05) * MARGIN;
    const { whole } = this.scale;
    const start = Math.max(whole.startMs, startMs - margin);
    this.select({ startMs: start, endMs: Math.min(whole.endMs, Math.max(endMs, startMs) + margin) });
  }

  /** Shows a period, given as drawn. */
  select(visible: TimeRange): void {
    const { startMs, endMs } = this.#whole;
    const isWhole = visible.startMs <= startMs && visible.endMs >= endMs;
    this.#chosen = isWhole ? undefined : this.#moments(visible);
  }

  panBy(share: number): void {
    const { visible, whole } = this.scale;
    this.select(pan(visible, whole, share));
  }

  fit(): void {
    this.#chosen = undefined;
  }

  get #whole(): TimeRange {
    const { startMs, endMs } = this.#drawn(this.#range);
    return { startMs, endMs: Math.max(endMs, startMs + this.#lengthMs) };
  }

  /** Returns the start nearest to `moment` among the spans that start in sight, or `moment` if none does. */
  #busyMoment(visible: TimeRange, moment: number): number {
    const distanceTo = (startMs: number) => Math.abs(startMs - moment);
    const [nearest = moment] = this.#spans
      .map(({ startMs }) => startMs)
      .filter((startMs) => startMs >= visible.startMs && startMs <= visible.endMs)
      .toSorted((a, b) => distanceTo(a) - distanceTo(b));
    return nearest;
  }

  #drawn({ startMs, endMs }: TimeRange): TimeRange {
    return { startMs: drawnAt(this.#cuts, startMs), endMs: drawnAt(this.#cuts, endMs) };
  }

  #moments({ startMs, endMs }: TimeRange): TimeRange {
    return { startMs: momentAt(this.#cuts, startMs), endMs: momentAt(this.#cuts, endMs) };
  }
}
