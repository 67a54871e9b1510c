import { everyOf } from '@beyond-headers/contracts';
import type { Document } from 'mongodb';
import type { Handler } from './handler.ts';
import { countOf, dateOrNow } from './queue/expressions.ts';
import type { ClaimedOrder } from './queue/order-queue.ts';
import type { Park } from './queue/park.ts';

/** The handler, for recurring orders: one whose run is over is parked until the next one, and fulfilled after the last. */
export function recur(handle: Handler): Handler {
  const recurring: Handler = async (order, work) => (await handle(order, work)) ?? nextRun(order);
  // What the handler says of itself holds.
  return Object.assign(recurring, handle);
}

/** Which run of a recurring order this is, from 1; undefined of another order. */
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
      // What is done once, is done once a run.
      ledger: '$$REMOVE',
    },
  };
}

/** The next time that is a whole number of intervals after the first run was due: times that have passed are left out. */
function nextInGrid(intervalMs: number): Document {
  // Of the two dates; what is none counts for nothing.
  const first = { $max: [dateOrNow('createdAt'), dateOrNull('startsAt')] };
  const passed = { $floor: { $divide: [{ $subtract: ['$$NOW', first] }, intervalMs] } };
  return { $add: [first, { $multiply: [{ $add: [passed, 1] }, intervalMs] }] };
}

const dateOrNull = (field: string): Document => ({
  $cond: [{ $eq: [{ $type: `$${field}` }, 'date'] }, `$${field}`, null],
});
