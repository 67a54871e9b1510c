import { z } from 'zod';

/** The statuses that the API shows. A `held` order waits for an approval, and a `waiting` order for its parts. */
export const orderStatus = z
  .enum(['pending', 'processing', 'held', 'waiting', 'fulfilled', 'failed', 'rejected', 'cancelled'])
  .meta({
    id: 'OrderStatus',
    description:
      'The status of an order. A `held` order waits for an approval, and a `waiting` order waits for its parts.',
  });

export type OrderStatus = z.infer<typeof orderStatus>;

/**
 * The stored names of these statuses for an order with steps. Pollers and commands of versions without steps act only on the
 * plain names. So they can't fulfill an order that waits for an approval, or requeue it as a plain order
 * (docs/decisions/orders-with-steps.md).
 */
const OF_STEPS = {
  pending: 'steps-pending',
  processing: 'steps-processing',
  failed: 'steps-failed',
} as const satisfies Partial<Record<OrderStatus, string>>;

type PlainStatus = keyof typeof OF_STEPS;

/** A status, as a document stores it. */
export type StoredStatus = OrderStatus | (typeof OF_STEPS)[PlainStatus];

/** Returns the stored status of an order with steps. */
export const ofSteps = (status: PlainStatus): StoredStatus => OF_STEPS[status];

/** The stored statuses that only orders with steps have. They distinguish such an order from a plain one until it ends. */
export const STEP_STATUSES: readonly StoredStatus[] = Object.values(OF_STEPS);

/** Returns all stored statuses that the API shows as this one. */
export function storedStatuses(status: OrderStatus): StoredStatus[] {
  const own: StoredStatus | undefined = (OF_STEPS as Partial<Record<OrderStatus, StoredStatus>>)[status];
  return own ? [status, own] : [status];
}

/** Returns a stored status as the API shows it. Any other value is returned unchanged, because a document may hold anything. */
export function shownStatus<T>(stored: T): OrderStatus | Exclude<T, StoredStatus> {
  const shown = orderStatus.options.find((status) => storedStatuses(status).some((one) => one === stored));
  return shown ?? (stored as Exclude<T, StoredStatus>);
}
