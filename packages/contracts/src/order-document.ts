import type { DemoSwitches } from './demo-switches.ts';
import type { OrderItem, OrderStatus } from './order.ts';

/** The carrier as stored: the propagator's fields as a plain sub-document. */
export type StoredContext = Record<string, string>;

/** An effect that was done for an order, by key, so that a second attempt does not do it again. */
export interface LedgerEntry {
  key: string;
  attempt: number;
  at: Date;
}

/** Who works on an order, and until when. Only the holder of `token` may end the work. */
export interface Lease {
  token: string;
  owner: string;
  until: Date;
}

/** A document of the `orders` collection. All dates are the MongoDB server's but `createdAt`, the writer's. */
export interface OrderDocument {
  _id: string;
  customer: string;
  items: OrderItem[];
  report: boolean;
  status: OrderStatus;
  createdAt: Date;
  availableAt: Date;
  attempts: number;
  /** Every trace that touched the order, in the order of first touch. */
  traceIds: string[];
  lease?: Lease;
  /** Absent when there is nothing to carry, never `{}`. */
  context?: StoredContext;
  demo?: DemoSwitches;
  error?: string;
  ledger?: LedgerEntry[];
}
