import { z } from 'zod';
import { numberOf } from './number-of.ts';

const YEAR_S = 365 * 24 * 60 * 60;
const MAX_RUNS = 1_000;

/**
 * When the work starts. The process that accepts the order checks by its own clock that it is within a year. The database's clock
 * decides when the order is due.
 */
export const startTime = z.iso
  .datetime({ offset: true })
  // The previous check reports a value that is not a date.
  .refine((text) => !(Date.parse(text) > Date.now() + YEAR_S * 1_000), {
    message: 'expected a time within a year from now',
  })
  .describe(
    "The earliest time at which the order is processed. The time needs a time zone, and is at most a year ahead. A time that is in the past by the database's clock counts as now.",
  );

export const every = z
  .strictObject({
    seconds: z.int().min(1).max(YEAR_S).describe('The time from one run to the next.'),
    times: z.int().min(1).max(MAX_RUNS).describe('The number of runs after which the order is fulfilled.'),
  })
  .meta({
    id: 'Every',
    description:
      "How an order recurs. You can't combine `every` with `report` or `parts`. If several runs are missed because no poller works for a while, one run replaces them all.",
  });

export type Every = z.infer<typeof every>;

/** Returns how a stored order recurs, or undefined if the field is absent or invalid. */
export function everyOf(order: { every?: unknown }): Every | undefined {
  // A fast path, because each attempt calls this function, and most orders don't recur.
  return order.every === undefined ? undefined : every.safeParse(order.every).data;
}

/** Reports whether an order recurs, or starts later than it was placed. */
export function isScheduled(order: { every?: unknown; startsAt?: unknown; createdAt: unknown }): boolean {
  return everyOf(order) !== undefined || numberOf(order.startsAt) > numberOf(order.createdAt);
}
