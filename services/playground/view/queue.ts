import type { RunSettings } from './settings.ts';

/** One order of a load that is over. */
export interface LoadDot {
  orderId: string;
  /** Absent while telemetry is off. */
  traceId?: string;
  /** When it was placed, in milliseconds from the first one. */
  placedMs: number;
  latencyMs: number;
  isFulfilled: boolean;
}

/** What can be asked for. */
export const LOAD_LIMITS = { perSecond: 50, seconds: 60, orders: 1_000 } as const;

export interface LoadSettings {
  perSecond: number;
  seconds: number;
}

/** A load that was asked for, and what became of its orders so far. */
export interface LoadView {
  /** Which load it is: at random, so that it is another one after the server started again too. */
  id: string;
  settings: LoadSettings;
  isPlacing: boolean;
  placed: number;
  /** Not taken by the writer. */
  refused: number;
  /** Why the last of those was not taken. */
  problem?: string;
  /** Those that ended after the number of dots that was asked for, in the order of their ends. */
  dots: LoadDot[];
}

/** Of a dead letter, what the page shows. */
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

/** What is decided on a held order. */
export interface DecisionRequest {
  decision: 'approve' | 'reject';
  /** Which approval it is, from 1, so that a request that is repeated does not count twice. */
  approval?: number;
  demo?: { segment: RunSettings['segment'] };
}
