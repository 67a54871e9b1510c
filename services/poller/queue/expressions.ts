import { ofSteps, STEP_STATUSES } from '@beyond-headers/contracts';
import type { Document } from 'mongodb';
import { idsOf, type ClaimedOrder } from './order-queue.ts';

/* As those of the contracts, these hold for any document. */

/** A count; 0 when the field holds none, or one so large that a span could not have it as an attribute. */
export const countOf = (field: string): Document => {
  const value = `$${field}`;
  const isCount = { $and: [{ $isNumber: value }, { $gte: [value, 0] }, { $lt: [value, 2 ** 31] }] };
  return { $cond: [isCount, { $toInt: value }, 0] };
};

export const dateOrNow = (field: string): Document => ({
  $cond: [{ $eq: [{ $type: `$${field}` }, 'date'] }, `$${field}`, '$$NOW'],
});

/** The status as this order stores it: one with steps has names of its own. */
export const statusOfItsKind = (status: Parameters<typeof ofSteps>[0]): Document => ({
  $cond: [{ $in: ['$status', STEP_STATUSES] }, ofSteps(status), status],
});

/** In a write to many orders, the value of each: one for one, in their order. Null where it has none. */
export const byOrder = (orders: readonly ClaimedOrder[], values: readonly unknown[]): Document =>
  values.length === 1
    ? { $literal: values[0] ?? null }
    : { $arrayElemAt: [{ $literal: values }, { $indexOfArray: [{ $literal: idsOf(orders) }, '$_id'] }] };
