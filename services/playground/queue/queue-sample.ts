import { z } from 'zod';

export const queueSample = z
  .object({
    atMs: z.number().describe('When the poller was asked, in milliseconds since 1970.'),
    pending: z.int(),
    processing: z.int(),
    parked: z.int().describe('Held for an approval, or waiting for parts.'),
    failed: z.int().describe('Dead letters.'),
    oldestAgeMs: z.int().describe('How many milliseconds the oldest due order has waited.'),
    perSecond: z.number().optional().describe('Orders fulfilled a second since the sample before.'),
    p50Ms: z.int().optional(),
    p99Ms: z.int().optional().describe('Of the last minute, from when an order was due.'),
    isPaused: z.boolean(),
  })
  .meta({ id: 'QueueSample', description: 'The queue at one moment.' });

export type QueueSample = z.infer<typeof queueSample>;

export const acted = z
  .object({
    atMs: z
      .int()
      .describe('When the poller had taken it, by the clock of `GET /api/queue`, in ms since 1970.'),
  })
  .meta({ id: 'Acted', description: 'Samples of the queue up to this moment may not show it yet.' });

export type Acted = z.infer<typeof acted>;
