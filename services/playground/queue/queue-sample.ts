import { z } from 'zod';

export const queueSample = z
  .object({
    atMs: z.number().describe('When the playground asked the poller, in milliseconds since 1970.'),
    pending: z.int().describe('The number of pending orders.'),
    processing: z.int().describe('The number of orders that pollers are processing.'),
    parked: z.int().describe('The number of orders that wait for an approval or for their parts.'),
    failed: z.int().describe('The number of dead letters.'),
    oldestAgeMs: z
      .int()
      .describe(
        'The longest time for which a pending order has been due, in milliseconds. 0 if no order is due.',
      ),
    perSecond: z
      .number()
      .optional()
      .describe('The number of orders that were fulfilled per second since the previous sample.'),
    p50Ms: z
      .int()
      .optional()
      .describe(
        'The median of the time from when an order was due until it was fulfilled, in milliseconds, for the orders that were fulfilled in the last minute.',
      ),
    p99Ms: z
      .int()
      .optional()
      .describe(
        'The 99th percentile of the time from when an order was due until it was fulfilled, in milliseconds, for the orders that were fulfilled in the last minute.',
      ),
    isPaused: z.boolean().describe('Whether the poller is paused.'),
  })
  .meta({ id: 'QueueSample', description: 'The queue at one moment.' });

export type QueueSample = z.infer<typeof queueSample>;

export const acted = z
  .object({
    atMs: z
      .int()
      .describe("When the poller paused or resumed, by the playground's clock, in milliseconds since 1970."),
  })
  .meta({
    id: 'Acted',
    description:
      'The answer to pausing or resuming the poller. Samples of the queue that are older than `atMs` may not show the change.',
  });

export type Acted = z.infer<typeof acted>;
