import type { DocumentContext } from '@beyond-headers/propagation';
import type { DecisionRecord } from './approval.ts';
import type { OrderSwitches } from './demo-switches.ts';
import type { OrderItem } from './order.ts';
import type { ParkOutcome, Pause } from './order-pause.ts';
import type { StoredStatus } from './order-status.ts';
import type { Every } from './schedule.ts';
import type { Part } from './parts.ts';

/** An effect that was done for an order, by key, so that a second attempt does not do it again. */
export interface LedgerEntry {
  key: string;
  attempt: number;
  /** Token of the lease under which it was written. */
  token: string;
  at: Date;
}

/** The ledger's key for the fulfillment itself. */
export const FULFILLED_KEY = 'fulfil';

/** One pod that started to work on an order's report, in the order of their starts. */
export interface ReportAttempt {
  /** Tries of the same work have the same: the Job's uid, and of an Indexed Job the index. */
  series: string;
  pod: string;
  at: Date;
  /** Of the attempt's span, so that the attempt after it can link to it. Absent when tracing is off. */
  context?: DocumentContext;
}

/** The worker that has an order, and until when. Only the holder of `token` may end the work. */
export interface Lease {
  token: string;
  owner: string;
  /** When the order became available: where the bar `wait orders` starts. */
  availableSince: Date;
  claimedAt: Date;
  until: Date;
  /** The span of the running attempt, from the first heartbeat on: a later attempt links to it if this one is lost. */
  context?: DocumentContext;
}

/** How an attempt that did not fulfil the order ended. */
export type AttemptOutcome =
  'retry' | 'dead letter' | 'postponed' | 'released' | 'lease ended' | 'requeued' | ParkOutcome;

/** An attempt that is over, in the order of attempts. */
export interface AttemptRecord {
  attempt: number;
  outcome: AttemptOutcome;
  at: Date;
  token?: string;
  owner?: string;
  error?: string;
  /** The span of the attempt, so that the next one links to it. */
  context?: DocumentContext;
}

/** A document of the `orders` collection. All dates are the MongoDB server's, but those of `reportAttempts`, which are the pods'. */
export interface OrderDocument {
  _id: string;
  customer: string;
  items: OrderItem[];
  report: boolean;
  /** How many approvals it waits for, one after another; `true` is one. */
  approval?: boolean | number;
  /** When the caller wants it worked on, as the request's `availableAt` says. */
  startsAt?: Date;
  every?: Every;
  /** How many runs of a recurring order are over, but for the last one, which fulfils it. */
  runs?: number;
  /** Into how many orders it is split; `partIds` gives their ids. */
  parts?: number;
  /** Of an order that is a part of another one. */
  part?: Part;
  status: StoredStatus;
  createdAt: Date;
  /** When it may be claimed: at once, after a backoff, or when a lease ends. For `failed`: since when. */
  availableAt: Date;
  /** Of the segment that runs: each has all of its attempts. */
  attempts: number;
  /** Every trace that touched the order, in the order of first touch. */
  traceIds: string[];
  /** What the caller named this order, so that a repeated request is the same order. */
  idempotencyKey?: string;
  lease?: Lease;
  /** Absent when there is nothing to carry, never `{}`. */
  context?: DocumentContext;
  /** Of an order whose work stopped: where it goes on from. */
  pause?: Pause;
  decisions?: DecisionRecord[];
  demo?: OrderSwitches;
  error?: string;
  history?: AttemptRecord[];
  ledger?: LedgerEntry[];
  reportAttempts?: ReportAttempt[];
}
