import { printable } from './format.ts';
import type { SpanView } from './types.ts';

const SECOND_MS = 1_000;

/**
 * Whether a span's times are what Kubernetes tells, in whole seconds: it can seem to begin before its cause, and its end is
 * that of a second in which it ended.
 */
export const isRough = ({ name }: Pick<SpanView, 'name'>): boolean =>
  name === 'wait pod' || name.startsWith('observe ');

/** The latest moment that a span is known to have lasted until. */
export const surelyUntilMs = (span: SpanView): number =>
  isRough(span) ? Math.max(span.startMs, span.endMs - SECOND_MS) : span.endMs;

/** By start; what was observed comes after what it observed, which began at a moment that is known better. */
export const orderMs = (span: SpanView): number => (isRough(span) ? span.endMs : span.startMs);

/** What an observed span tells beside its place: how the pod ended, or how long it was waited for. */
export function roughLabel({ attributes, startMs, endMs }: SpanView): string {
  const reason = attributes['demo.job.reason'];
  if (reason) return printable(reason);
  const seconds = Math.round((endMs - startMs) / SECOND_MS);
  return seconds < 1 ? '< 1 s' : `≈ ${seconds} s`;
}
