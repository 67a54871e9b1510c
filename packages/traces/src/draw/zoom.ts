import { MIN_LENGTH_MS, type TimeRange } from './scale.ts';

/** Zooms by a factor (above 1: closer) around a moment, never beyond the whole. */
export function zoom(visible: TimeRange, whole: TimeRange, factor: number, aroundMs: number): TimeRange {
  const length = Math.max(MIN_LENGTH_MS, (visible.endMs - visible.startMs) / factor);
  if (length >= whole.endMs - whole.startMs) return whole;
  const share = (aroundMs - visible.startMs) / (visible.endMs - visible.startMs);
  return within(whole, aroundMs - length * Math.min(1, Math.max(0, share)), length);
}

/** Moves the visible period by a share of its length, never beyond the whole. */
export function pan(visible: TimeRange, whole: TimeRange, share: number): TimeRange {
  const length = visible.endMs - visible.startMs;
  return within(whole, visible.startMs + length * share, length);
}

function within(whole: TimeRange, startMs: number, length: number): TimeRange {
  const start = Math.max(whole.startMs, Math.min(startMs, whole.endMs - length));
  return { startMs: start, endMs: start + length };
}
