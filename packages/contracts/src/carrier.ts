import { z } from 'zod';

export const storedOrder = z.object({ document: z.record(z.string(), z.unknown()) }).meta({
  id: 'StoredOrder',
  description: 'An order as it is stored, with its carrier, but without its lease and ledger.',
});

export const jobCarrier = z
  .object({
    env: z
      .array(z.object({ name: z.string(), value: z.string() }))
      .describe("Variables of the job's containers, only those of the propagator."),
    annotations: z
      .record(z.string(), z.string())
      .describe('Annotations of the Job, only those of the carrier.'),
  })
  .meta({ id: 'JobCarrier', description: 'Only the parts of a Job that carry the context.' });

export type StoredOrder = z.infer<typeof storedOrder>;
export type JobCarrier = z.infer<typeof jobCarrier>;
