import type { DocumentContext } from '@beyond-headers/propagation';
import type { DecisionRecord } from './approval.ts';
import type { OrderSwitches } from './demo-switches.ts';
import type { OrderItem } from './order.ts';
import type { ParkOutcome, Pause } from './order-pause.ts';
import type { StoredStatus } from './order-status.ts';
import type { Every } from './schedule.ts';
import type { Part } from './parts.ts';

/** An effect of the work on an order. The key keeps another attempt from repeating the effect. */
interface LedgerEntry {
  key: string;
  attempt: number;
  /** The token of the lease under which the entry was written. */
  token: string;
  at: Date;
}

/** The ledger key of the fulfillment itself. */
export const FULFILLED_KEY = 'fulfil';

/** A pod that started to work on an order's report. */
export interface ReportAttempt {
  /** The same for all attempts at the same work: the Job's UID, and in an Indexed Job also the index. */
  series: string;
  pod: string;
  at: Date;
  /** The context of the attempt's span, to which the next attempt links. Absent if tracing is off. */
  context?: DocumentContext;
}

/** The poller that holds an order, and until when. Only the holder of `token` may settle the attempt. */
export interface Lease {
  token: string;
  owner: string;
  /** When the order became available. The span `wait orders` starts then. */
  availableSince: Date;
  claimedAt: Date;
  until: Date;
  /** The span of the running attempt, from the first heartbeat on. If this attempt is lost, a later one links to it. */
  context?: DocumentContext;
}

/** How an attempt that did not fulfill the order ended. */
export type AttemptOutcome =
  'retry' | 'dead letter' | 'postponed' | 'released' | 'lease ended' | 'requeued' | ParkOutcome;

/** An attempt that has ended. */
export interface AttemptRecord {
  attempt: number;
  outcome: AttemptOutcome;
  at: Date;
  token?: string;
  owner?: string;
  error?: string;
  /** The span of the attempt, to which the next attempt links. */
  context?: DocumentContext;
}

/**
 * A document in the `orders` collection. Times come from the MongoDB server's clock, except in `reportAttempts`, where they come
 * from the pods' clocks.
 */
export interface OrderDocument {
  _id: string;
  customer: string;
  items: OrderItem[];
  report: boolean;
  /** How many approvals the order needs, one after another. `true` means one. */
  approval?: boolean | number;
  /** The start that the caller asks for: `availableAt` in the request. */
  startsAt?: Date;
  every?: Every;
  /** How many runs of a recurring order have ended, without the last run, which fulfills it. */
  runs?: number;
  /** The number of orders into which it is split. `partIds` returns their IDs. */
  parts?: number;
  /** Set if the order is a part of another one. */
  part?: Part;
  status: StoredStatus;
  createdAt: Date;
  /** When a poller may claim the order: immediately, after a backoff, or when a lease ends. For `failed`: when it failed. */
  availableAt: Date;
  /** The attempts in the current segment. Each segment counts from 0. */
  attempts: number;
  /** The traces that contain work on the order, the oldest first. */
  traceIds: string[];
  /** The caller's name for this order, so that a repeated request doesn't create a second order. */
  idempotencyKey?: string;
  lease?: Lease;
  /** Absent if there is nothing to carry, never `{}`. */
  context?: DocumentContext;
  /** Set if the work stopped: where it resumes. */
  pause?: Pause;
  /** In the order of the decisions. */
  decisions?: DecisionRecord[];
  demo?: OrderSwitches;
  error?: string;
  /** In the order of the attempts. */
  history?: AttemptRecord[];
  ledger?: LedgerEntry[];
  /** In the order of their starts. */
  reportAttempts?: ReportAttempt[];
}
