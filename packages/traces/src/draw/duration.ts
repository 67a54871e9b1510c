import type { SpanShape } from '../tree/span.ts';
import { precisionOf } from './demo-attributes.ts';

/** Formats a duration in at most eight characters: `850 µs`, `4.2 ms`, `420 ms`, `1.24 s`, `2m 05s`, `3h 07m`, `12 d`. */
export function duration(ms: number): string {
  if (ms < 0.9995) return `${Math.max(0, Math.round(ms * 1_000))} µs`;
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  const seconds = ms / 1_000;
  return seconds < 59.995 ? `${seconds.toFixed(2)} s` : longDuration(Math.round(seconds));
}

function longDuration(seconds: number): string {
  const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3_600)];
  if (hours < 1) return `${minutes}m ${twoDigits(seconds % 60)}s`;
  if (hours < 100) return `${hours}h ${twoDigits(minutes % 60)}m`;
  return `${Math.floor(hours / 24)} d`;
}

function twoDigits(amount: number): string {
  return String(amount).padStart(2, '0');
}

/** Formats the duration of a span, no more precisely than its times: `1.24 s`, or `≈ 3 s` and `< 1 s` if only whole seconds are known. */
export function lengthOf(span: Pick<SpanShape, 'attributes' | 'startMs' | 'endMs'>): string {
  const ms = span.endMs - span.startMs;
  const precision = precisionOf(span);
  if (precision === undefined) return duration(ms);
  const steps = Math.round(ms / precision);
  return steps < 1 ? `< ${rounded(precision)}` : `≈ ${rounded(steps * precision)}`;
}

const rounded = (ms: number) => duration(ms).replace(/\.0+ /, ' ');
