import { everyOf } from '@beyond-headers/contracts';
import type { Document } from 'mongodb';
import type { Handler } from './handler.ts';
import { countOf, dateOrNow } from './queue/expressions.ts';
import type { ClaimedOrder } from './queue/order-queue.ts';
import type { Park } from './queue/park.ts';

/** Wraps a handler for recurring orders: after a run, the order is parked until the next one. After the last, it is fulfilled. */
export const recur =
  (handle: Handler): Handler =>
  async (order, work) =>
    (await handle(order, work)) ?? nextRun(order);

/** Returns the number of a recurring order's run, from 1; undefined if the order doesn't recur. */
export function runOf(order: ClaimedOrder): number | undefined {
  if (!everyOf(order)) return undefined;
  return (Number.isInteger(order.runs) ? Number(order.runs) : 0) + 1;
}

function nextRun(order: ClaimedOrder): Park | undefined {
  const every = everyOf(order);
  if (!every || runOf(order)! >= every.times) return undefined;
  return {
    outcome: 'scheduled',
    changes: {
      availableAt: nextInGrid(every.seconds * 1_000),
      runs: { $add: [countOf('runs'), 1] },
      // Each run repeats the effects that an order has only once.
      ledger: '$$REMOVE',
    },
  };
}

/** Returns the next time that is a whole number of intervals after the first run was due. Skips times that have passed. */
function nextInGrid(intervalMs: number): Document {
  // The later of the two dates. A missing or malformed `startsAt` is ignored.
  const first = { $max: [dateOrNow('createdAt'), dateOrNull('startsAt')] };
  const passed = { $floor: { $divide: [{ $subtract: ['$$NOW', first] }, intervalMs] } };
  return { $add: [first, { $multiply: [{ $add: [passed, 1] }, intervalMs] }] };
}

const dateOrNull = (field: string): Document => ({
  $cond: [{ $eq: [{ $type: `$${field}` }, 'date'] }, `$${field}`, null],
});
