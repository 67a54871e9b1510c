import type { RunSettings } from './settings.ts';

/** An order of a load, when the order has ended. */
export interface LoadDot {
  orderId: string;
  /** Absent while telemetry is off. */
  traceId?: string;
  /** When it was placed, in milliseconds from the start of the load. */
  placedMs: number;
  latencyMs: number;
  isFulfilled: boolean;
}

/** The maximum settings of a load. */
export const LOAD_LIMITS = { perSecond: 50, seconds: 60, orders: 1_000 } as const;

export interface LoadSettings {
  perSecond: number;
  seconds: number;
}

/** A load, and the results of its orders so far. */
export interface LoadView {
  /** A random id, which also differs after a restart of the server. */
  id: string;
  settings: LoadSettings;
  isPlacing: boolean;
  placed: number;
  /** The number of orders that the writer did not accept. */
  refused: number;
  /** Why the writer did not accept the last of them. */
  problem?: string;
  /** In the order in which the orders ended, without the first ones that the caller already has. */
  dots: LoadDot[];
}

/** The fields of a dead letter that the page shows. */
export interface DeadLetterView {
  orderId: string;
  customer: string;
  attempts: number;
  error?: string | undefined;
  traceIds: string[];
}

/** A dead letter that is back in the queue. */
export interface RequeuedView {
  /** The new trace, linked to the old ones; absent while telemetry is off. */
  traceId?: string | undefined;
}

/** The decision on a held order. */
export interface DecisionRequest {
  decision: 'approve' | 'reject';
  /** Which approval it is, from 1, so that a repeated request doesn't count twice. */
  approval?: number;
  demo?: { segment: RunSettings['segment'] };
}
