import { createHash } from 'node:crypto';
import type { DocumentContext } from '@beyond-headers/propagation';
import { z } from 'zod';
import type { OrderSwitches } from './demo-switches.ts';

/** The maximum number of parts: a span can link to as many, and one read can count as many. */
const MAX_PARTS = 50;

export const partCount = z
  .int()
  .min(1)
  .max(MAX_PARTS)
  .describe(
    'The number of parts into which the order is split. The order waits until its last part has ended. Default: the order is not split.',
  );

/** How a part relates to its order. */
export interface Part {
  /** The ID of the order that waits for this part. */
  of: string;
  /** The index of this part, from 0. */
  index: number;
  count: number;
  /** When its last attempt ended. */
  endedAt?: Date;
  /** The span of its last attempt, to which the waiting order links. Absent if tracing is off. */
  lastSpan?: DocumentContext;
}

/** Returns the fields that each part takes over unchanged from its order. */
export function inheritedByParts({ customer, demo }: { customer: string; demo?: OrderSwitches }) {
  return { customer, ...(demo && { demo }) };
}

/** Returns the number of parts of a stored order, or 0 if the field is absent or invalid. */
export function countOfParts({ parts }: { parts?: unknown }): number {
  return partCount.safeParse(parts).data ?? 0;
}

/**
 * Returns the IDs of an order's parts. They are derived from the order's own ID, so that a second attempt to write the parts
 * finds those that exist. The first digits are those of the order: its time of creation, by which lists are sorted.
 */
export function partIds({ _id, parts }: { _id: string; parts?: unknown }): string[] {
  return Array.from({ length: countOfParts({ parts }) }, (_, index) => {
    const hash = createHash('sha256').update(`${_id}/${index}`).digest('hex');
    return `${_id.slice(0, 8)}${hash.slice(0, 16)}`;
  });
}
