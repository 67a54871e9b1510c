import { z } from 'zod';
import { orderId } from './order.ts';

const storedContext = z.record(z.string(), z.string());

const attemptRecord = z.object({
  attempt: z.number(),
  outcome: z.string(),
  at: z.iso.datetime(),
  owner: z.string().optional(),
  error: z.string().optional(),
  context: storedContext.optional(),
});

/** An order that was given up, with what is needed to find out why: its carrier and every attempt. */
export const deadLetter = z.object({
  orderId: z.string(),
  customer: z.string(),
  attempts: z.number(),
  failedAt: z.iso.datetime(),
  error: z.string().optional(),
  traceIds: z.array(z.string()),
  context: storedContext.optional(),
  history: z.array(attemptRecord),
});

/** Query of `GET /dead-letters`. `after` is the last id of the page before; newest first. */
export const listDeadLetters = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  after: orderId.optional(),
});

export const deadLetterPage = z.object({ deadLetters: z.array(deadLetter), next: z.string().optional() });

/** Answer of `POST /dead-letters/:id/retry`; `traceId` is the new trace, linked to the old ones. */
export const requeuedOrder = z.object({
  orderId: z.string(),
  status: z.literal('pending'),
  traceId: z.string(),
});

export type DeadLetter = z.infer<typeof deadLetter>;
export type DeadLetterPage = z.infer<typeof deadLetterPage>;
export type ListDeadLetters = z.infer<typeof listDeadLetters>;
export type RequeuedOrder = z.infer<typeof requeuedOrder>;
