import { ATTR } from '@beyond-headers/contracts';
import type { Attributes } from '@opentelemetry/api';

/** A moment as well as it is known: at `at`, or up to `withinMs` later. */
export interface Moment {
  at: Date;
  withinMs: number;
}

const SECOND_MS = 1_000;

export const exactly = (at: Date): Moment => ({ at, withinMs: 0 });
/** Kubernetes cuts its timestamps to whole seconds. */
export const toTheSecond = (at: Date): Moment => ({ at, withinMs: SECOND_MS });

/** Times for a span, with their precision where they are not exact. */
export interface Interval {
  startTime: Date;
  endTime: Date;
  attributes: Attributes;
}

/** From one moment to another, neither before their cause: a timestamp that was cut may seem to lie before it. */
export function interval(cause: Date, start: Moment, end: Moment): Interval {
  const startTime = latest(cause, start.at);
  const withinMs = Math.max(start.withinMs, end.withinMs);
  return {
    startTime,
    endTime: latest(startTime, end.at),
    attributes: withinMs > 0 ? { [ATTR.timePrecision]: withinMs } : {},
  };
}

/** Whether nothing is known of its length but that it's shorter than the end is exact. */
export function isBelowResolution(start: Moment, end: Moment): boolean {
  return end.at.getTime() - start.at.getTime() < Math.max(end.withinMs, 1);
}

const latest = (a: Date, b: Date): Date => (a < b ? b : a);
