import type { RunSettings } from './settings.ts';

/** The maximum settings of a load. */
export const LOAD_LIMITS = { perSecond: 50, seconds: 60, orders: 1_000 } as const;

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
