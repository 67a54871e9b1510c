import { ATTR } from '@beyond-headers/contracts';
import type { Attributes } from '@opentelemetry/api';

/** A time with its precision: `at`, or up to `withinMs` later. */
export interface Moment {
  at: Date;
  withinMs: number;
}

export const SECOND_MS = 1_000;

export const exactly = (at: Date): Moment => ({ at, withinMs: 0 });
/** Kubernetes truncates its timestamps to whole seconds. */
export const toTheSecond = (at: Date): Moment => ({ at, withinMs: SECOND_MS });

/** The times of a span, with their precision if they aren't exact. */
export interface Interval {
  startTime: Date;
  endTime: Date;
  attributes: Attributes;
}

/** Returns the interval between two moments. If a truncated timestamp is too early, moves the start to its cause, or the end to the start. */
export function interval(cause: Date, start: Moment, end: Moment): Interval {
  const startTime = latest(cause, start.at);
  const withinMs = Math.max(start.withinMs, end.withinMs);
  return {
    startTime,
    endTime: latest(startTime, end.at),
    attributes: withinMs > 0 ? { [ATTR.timePrecision]: withinMs } : {},
  };
}

/** Reports whether the interval is shorter than the precision of its end. */
export function isBelowResolution(start: Moment, end: Moment): boolean {
  return end.at.getTime() - start.at.getTime() < Math.max(end.withinMs, 1);
}

const latest = (a: Date, b: Date): Date => (a < b ? b : a);
