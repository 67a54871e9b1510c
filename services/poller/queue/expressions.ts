import { ofSteps, STEP_STATUSES } from '@beyond-headers/contracts';
import type { Document } from 'mongodb';
import { idsOf, type ClaimedOrder } from './order-queue.ts';

/* Like the expressions of the contracts, these work on any document. */

/** Returns the count in a field, or 0 if it has none that fits an `int` of MongoDB: a document may hold anything. */
export const countOf = (field: string): Document => {
  const value = `$${field}`;
  const isCount = { $and: [{ $isNumber: value }, { $gte: [value, 0] }, { $lt: [value, 2 ** 31] }] };
  return { $cond: [isCount, { $toInt: value }, 0] };
};

export const dateOrNow = (field: string): Document => ({
  $cond: [{ $eq: [{ $type: `$${field}` }, 'date'] }, `$${field}`, '$$NOW'],
});

/** Returns the status as this order stores it: an order with steps has its own names. */
export const statusOfItsKind = (status: Parameters<typeof ofSteps>[0]): Document => ({
  $cond: [{ $in: ['$status', STEP_STATUSES] }, ofSteps(status), status],
});

/** Returns each order's own value in a write to many orders; null if it has none. `values` has the same order as `orders`. */
export const byOrder = (orders: readonly ClaimedOrder[], values: readonly unknown[]): Document =>
  values.length === 1
    ? { $literal: values[0] ?? null }
    : { $arrayElemAt: [{ $literal: values }, { $indexOfArray: [{ $literal: idsOf(orders) }, '$_id'] }] };
