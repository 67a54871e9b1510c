import { z } from 'zod';

export const storedOrder = z.object({ document: z.record(z.string(), z.unknown()) }).meta({
  id: 'StoredOrder',
  description: "An order's document as it is stored, with the context, but without most internal fields.",
});

export const jobCarrier = z
  .object({
    env: z
      .array(z.object({ name: z.string(), value: z.string() }))
      .describe("The variables of the Job's containers that hold fields of the context."),
    annotations: z
      .record(z.string(), z.string())
      .describe('The annotations of the Job that hold fields of the context.'),
  })
  .meta({ id: 'JobCarrier', description: 'The parts of a Job that carry the context.' });

export type StoredOrder = z.infer<typeof storedOrder>;
export type JobCarrier = z.infer<typeof jobCarrier>;
