import { createHash } from 'node:crypto';
import type { DocumentContext } from '@beyond-headers/propagation';
import { z } from 'zod';
import type { OrderSwitches } from './demo-switches.ts';

/** How many parts an order can have: as many spans can be linked from one, and counted by one read. */
const MAX_PARTS = 50;

export const partCount = z
  .int()
  .min(1)
  .max(MAX_PARTS)
  .describe(
    'The number of parts into which the order is split. The order waits until its last part has ended. Default: the order is not split.',
  );

/** What a sub-order knows of the order that it is a part of. */
export interface Part {
  /** Id of the order that waits for it. */
  of: string;
  /** Which of the parts it is, from 0. */
  index: number;
  /** How many parts there are. */
  count: number;
  /** When its last attempt ended. */
  endedAt?: Date;
  /** The span of its last attempt, to be linked by the order that waits. Absent when tracing is off. */
  lastSpan?: DocumentContext;
}

/** What every part takes over from its order as it is. */
export function inheritedByParts({ customer, demo }: { customer: string; demo?: OrderSwitches }) {
  return { customer, ...(demo && { demo }) };
}

/** How many parts a stored order has; 0 when none, or when it holds something else there. */
export function countOfParts({ parts }: { parts?: unknown }): number {
  return partCount.safeParse(parts).data ?? 0;
}

/**
 * The ids of an order's parts. They follow from its own id, so that a second try to write the parts finds those that are there. The
 * first digits are those of the order: they are the time, by which lists are sorted.
 */
export function partIds({ _id, parts }: { _id: string; parts?: unknown }): string[] {
  return Array.from({ length: countOfParts({ parts }) }, (_, index) => {
    const hash = createHash('sha256').update(`${_id}/${index}`).digest('hex');
    return `${_id.slice(0, 8)}${hash.slice(0, 16)}`;
  });
}
