import { z } from 'zod';

/** Demo control of the writer, `GET /orders/:id/carrier`: an order as it is stored, with its carrier and without lease and ledger. */
export const storedOrder = z.object({ document: z.record(z.string(), z.unknown()) });

/** Demo control of the job-launcher, `GET /reports/:jobName/carrier`: what carries the context in a Job, and nothing else of it. */
export const jobCarrier = z.object({
  env: z.array(z.object({ name: z.string(), value: z.string() })),
  annotations: z.record(z.string(), z.string()),
});

export type StoredOrder = z.infer<typeof storedOrder>;
export type JobCarrier = z.infer<typeof jobCarrier>;
