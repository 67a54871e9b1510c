import { z } from 'zod';

export const storedOrder = z.object({ document: z.record(z.string(), z.unknown()) }).meta({
  id: 'StoredOrder',
  description: 'An order as it is stored, with its carrier and without lease and ledger.',
});

export const jobCarrier = z
  .object({
    env: z
      .array(z.object({ name: z.string(), value: z.string() }))
      .describe("Variables of the job's containers, those of the propagator alone."),
    annotations: z
      .record(z.string(), z.string())
      .describe('Annotations of the Job, those of the carrier alone.'),
  })
  .meta({ id: 'JobCarrier', description: 'What carries the context in a Job, and nothing else of it.' });

export type StoredOrder = z.infer<typeof storedOrder>;
export type JobCarrier = z.infer<typeof jobCarrier>;
