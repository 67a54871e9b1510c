import { surelyUntilMs } from './rough.ts';
import type { SpanView } from './types.ts';

/** A stretch of time, milliseconds since 1970. */
export interface TimeRange {
  startMs: number;
  endMs: number;
}

const MIN_LENGTH_MS = 0.05;

/**
 * From the first root to the last end. Not from the first start: Kubernetes tells times in whole seconds, so what is made
 * from them can seem to begin before the click.
 */
export function rangeOf(spans: readonly SpanView[]): TimeRange | undefined {
  if (spans.length === 0) return undefined;
  const roots = spans.filter(({ parentSpanId }) => parentSpanId === undefined);
  const startMs = Math.min(...(roots.length > 0 ? roots : spans.slice(0, 1)).map((root) => root.startMs));
  const endMs = spans.reduce((max, span) => Math.max(max, surelyUntilMs(span)), startMs);
  return { startMs, endMs: Math.max(endMs, startMs + MIN_LENGTH_MS) };
}

/** Where a stretch lies in the visible one, in percent of its width, cut at both ends. */
export function placeIn(visible: TimeRange, startMs: number, endMs: number): { left: number; width: number } {
  const left = percent(visible, startMs);
  return { left, width: Math.max(0, percent(visible, Math.max(startMs, endMs)) - left) };
}

function percent({ startMs, endMs }: TimeRange, ms: number): number {
  return Math.min(100, Math.max(0, ((ms - startMs) / (endMs - startMs)) * 100));
}

/** Zooms by a factor (above 1: closer) around a moment, never beyond the whole. */
export function zoom(visible: TimeRange, whole: TimeRange, factor: number, aroundMs: number): TimeRange {
  const length = Math.max(MIN_LENGTH_MS, (visible.endMs - visible.startMs) / factor);
  if (length >= whole.endMs - whole.startMs) return whole;
  const share = (aroundMs - visible.startMs) / (visible.endMs - visible.startMs);
  return within(whole, aroundMs - length * Math.min(1, Math.max(0, share)), length);
}

/** Moves the visible stretch by a share of its length, never beyond the whole. */
export function pan(visible: TimeRange, whole: TimeRange, share: number): TimeRange {
  const length = visible.endMs - visible.startMs;
  return within(whole, visible.startMs + length * share, length);
}

function within(whole: TimeRange, startMs: number, length: number): TimeRange {
  const start = Math.max(whole.startMs, Math.min(startMs, whole.endMs - length));
  return { startMs: start, endMs: start + length };
}

const STEPS = [1, 2, 5];

/** Round distances from the start of the whole, for at most `count` lines on the visible stretch. */
export function ticks(visible: TimeRange, whole: TimeRange, count = 5): number[] {
  const length = visible.endMs - visible.startMs;
  const power = 10 ** Math.floor(Math.log10(length / count));
  const step = (STEPS.find((each) => each * power * count >= length) ?? 10) * power;
  const first = Math.ceil((visible.startMs - whole.startMs) / step) * step;
  const last = visible.endMs - whole.startMs;
  return Array.from(
    { length: Math.max(0, Math.floor((last - first) / step) + 1) },
    (_, i) => first + i * step,
  );
}
