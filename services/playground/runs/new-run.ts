import { orderId } from '@beyond-headers/contracts';
import { z } from 'zod';
import { CHOICES } from '../view/choices.ts';
import { LIMITS } from '../view/settings.ts';

/** The header that the page makes at the click; always sampled, or there would be nothing to look at. */
const clickTraceparent = z
  .string()
  .regex(/^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-01$/, 'expected 00-<trace id>-<span id>-01');

/** Body of `POST /api/runs`. */
export const newRun = z.strictObject({
  traceparent: clickTraceparent,
  /** The browser's clock at the click, milliseconds since 1970. */
  clickedAtMs: z.number().min(0),
  settings: z.strictObject({
    customer: z.string().min(1).max(LIMITS.customer),
    report: z.boolean(),
    orders: z.int().min(1).max(LIMITS.orders),
    document: z.enum(CHOICES.document),
    job: z.enum(CHOICES.job),
    shape: z.enum(CHOICES.shape),
    failTimes: z.int().min(0).max(LIMITS.failTimes),
    handlerMs: z.int().min(0).max(LIMITS.handlerMs),
    jobFault: z.enum(CHOICES.jobFault),
  }),
});

export type NewRun = z.infer<typeof newRun>;

/** A run is named by the trace id of its click. */
export const runId = z.string().regex(/^(?!0{32})[0-9a-f]{32}$/, 'expected 32 lower-case hex digits');

/** Query of `GET /api/runs/:runId/carriers`. */
export const carriersQuery = z.object({ orderId });

export const startedRun = z.object({ runId, orderIds: z.array(z.string()) });
