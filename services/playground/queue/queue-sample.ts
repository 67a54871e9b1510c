import { z } from 'zod';

export const queueSample = z
  .object({
    atMs: z.number().describe('When the poller was asked, in milliseconds since 1970.'),
    pending: z.int(),
    processing: z.int(),
    parked: z.int().describe('Held for an approval, or waiting for parts.'),
    failed: z.int().describe('Dead letters.'),
    oldestAgeMs: z
      .int()
      .describe('For how many milliseconds the oldest order that can be claimed has waited.'),
    perSecond: z.number().optional().describe('Orders fulfilled per second since the previous sample.'),
    p50Ms: z.int().optional(),
    p99Ms: z
      .int()
      .optional()
      .describe(
        'The 99th percentile of the time from when an order was due until it was fulfilled, in the last minute.',
      ),
    isPaused: z.boolean(),
  })
  .meta({ id: 'QueueSample', description: 'The queue at one moment.' });

export type QueueSample = z.infer<typeof queueSample>;

export const acted = z
  .object({
    atMs: z.int().describe('The time in milliseconds since 1970, by the clock of `GET /api/queue`.'),
  })
  .meta({
    id: 'Acted',
    description:
      'The time at which the poller applied a change. Only samples of the queue from that time on are sure to show it.',
  });

export type Acted = z.infer<typeof acted>;
