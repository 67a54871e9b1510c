import { z } from 'zod';

/** What the outside sees. `held` waits for an approval, `waiting` for parts. */
export const orderStatus = z
  .enum(['pending', 'processing', 'held', 'waiting', 'fulfilled', 'failed', 'rejected', 'cancelled'])
  .meta({
    id: 'OrderStatus',
    description:
      'The status of an order. A `held` order waits for an approval, and a `waiting` order waits for its parts.',
  });

export type OrderStatus = z.infer<typeof orderStatus>;

/**
 * How an order with steps stores the statuses that its work stops and starts between. Pollers and commands of versions that know no
 * steps act on the plain names alone. So they can't fulfill an order that waits for an approval, or requeue it as a plain one
 * (docs/decisions/orders-with-steps.md).
 */
const OF_STEPS = {
  pending: 'steps-pending',
  processing: 'steps-processing',
  failed: 'steps-failed',
} as const satisfies Partial<Record<OrderStatus, string>>;

type PlainStatus = keyof typeof OF_STEPS;

/** What a document holds. */
export type StoredStatus = OrderStatus | (typeof OF_STEPS)[PlainStatus];

/** The stored status of an order with steps. */
export const ofSteps = (status: PlainStatus): StoredStatus => OF_STEPS[status];

/** The stored statuses of an order with steps. They distinguish it from a plain one while it is not over. */
export const STEP_STATUSES: readonly StoredStatus[] = Object.values(OF_STEPS);

/** All stored statuses that the outside sees as this one. */
export function storedStatuses(status: OrderStatus): StoredStatus[] {
  const own: StoredStatus | undefined = (OF_STEPS as Partial<Record<OrderStatus, StoredStatus>>)[status];
  return own ? [status, own] : [status];
}

/** A stored status as the outside sees it. Of what is none, the value itself: a document may hold anything. */
export function shownStatus<T>(stored: T): OrderStatus | Exclude<T, StoredStatus> {
  const shown = orderStatus.options.find((status) => storedStatuses(status).some((one) => one === stored));
  return shown ?? (stored as Exclude<T, StoredStatus>);
}
