import { z } from 'zod';
import { LOAD_LIMITS } from '../view/queue.ts';

export const loadSettings = z
  .strictObject({
    perSecond: z.int().min(1).max(LOAD_LIMITS.perSecond).describe('The number of orders per second.'),
    seconds: z.int().min(1).max(LOAD_LIMITS.seconds).describe('The duration of the load, in seconds.'),
  })
  .refine(({ perSecond, seconds }) => perSecond * seconds <= LOAD_LIMITS.orders, {
    message: `expected ${LOAD_LIMITS.orders} orders at most: fewer a second, or for a shorter time`,
  })
  .meta({ id: 'LoadSettings', description: 'How many orders a load places, and for how long.' });

const loadDot = z
  .object({
    // As in the contracts, which the page can't import, because their types need those of Node.js.
    orderId: z
      .string()
      .regex(/^[0-9a-f]{24}$/)
      .describe('The id of the order: 24 lower-case hex digits.'),
    traceId: z.string().optional(),
    placedMs: z.int().describe('When the order was placed, in milliseconds from the start of the load.'),
    latencyMs: z
      .int()
      .describe(
        "How long the order took from its creation to its end, in milliseconds by the database's clock.",
      ),
    isFulfilled: z.boolean().describe('Whether the order was fulfilled.'),
  })
  .meta({
    id: 'LoadDot',
    description: 'An order of a load, which the page shows as a dot when the order has ended.',
  });

export const loadView = z
  .object({
    id: z.uuid().describe('The id of the load.'),
    settings: loadSettings,
    isPlacing: z.boolean().describe('Whether the load is still placing orders.'),
    placed: z.int().describe('The number of orders that the writer accepted.'),
    refused: z.int().describe('The number of orders that the writer did not accept.'),
    problem: z.string().optional().describe('Why the writer did not accept the last refused order.'),
    dots: z
      .array(loadDot)
      .describe('One dot for each ended order, in the sequence in which the orders ended.'),
  })
  .meta({ id: 'Load', description: 'The newest load, and the results of its orders.' });

export type LoadSettings = z.infer<typeof loadSettings>;
export type LoadDot = z.infer<typeof loadDot>;
export type LoadView = z.infer<typeof loadView>;
