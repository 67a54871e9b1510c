import type { DocumentContext } from '@beyond-headers/propagation';
import { z } from 'zod';
import { orderId } from './order.ts';

/** A carrier as it is stored. */
export const storedContext = z.record(z.string(), z.string()) satisfies z.ZodType<DocumentContext>;

export const attemptRecord = z
  .object({
    attempt: z.int().describe('Which attempt, from 1.'),
    outcome: z
      .string()
      .describe(
        'How it ended: `retry`, `dead letter`, `postponed`, `released`, `lease ended`, `requeued`, `held`, `waiting`, `scheduled`.',
      ),
    at: z.iso.datetime(),
    owner: z.string().optional().describe('The poller that made the attempt.'),
    error: z.string().optional(),
    context: storedContext.optional().describe("The attempt's span, as a carrier."),
  })
  .meta({ id: 'AttemptRecord', description: 'An attempt at an order that has ended.' });

export const deadLetter = z
  .object({
    orderId: z.string(),
    customer: z.string(),
    attempts: z.int(),
    failedAt: z.iso.datetime().optional().describe('Absent when the document has no such date.'),
    error: z.string().optional().describe('Why the last attempt failed.'),
    traceIds: z.array(z.string()).describe('Every trace that touched it.'),
    context: storedContext.optional().describe('Its carrier, as it is stored.'),
    history: z.array(attemptRecord),
  })
  .meta({
    id: 'DeadLetter',
    description:
      'An order that was given up, with what is needed to find out why. It may be a document of any shape: that is how some came here.',
  });

/** Query of `GET /dead-letters`. */
export const listDeadLetters = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20).describe('How many at most.'),
  after: orderId.optional().describe('`next` of the previous page.'),
});

export const deadLetterPage = z
  .object({
    deadLetters: z.array(deadLetter),
    next: z.string().optional().describe('Where the next page starts; absent on the last one.'),
  })
  .meta({ id: 'DeadLetterPage', description: 'Dead letters, newest order first.' });

export const requeuedOrder = z
  .object({
    orderId: z.string(),
    status: z.literal('pending'),
    traceId: z
      .string()
      .optional()
      .describe('The new trace, linked to the old ones; absent while telemetry is off.'),
  })
  .meta({ id: 'RequeuedOrder', description: 'A dead letter that is back in the queue.' });

export type DeadLetter = z.infer<typeof deadLetter>;
export type DeadLetterPage = z.infer<typeof deadLetterPage>;
export type ListDeadLetters = z.infer<typeof listDeadLetters>;
export type RequeuedOrder = z.infer<typeof requeuedOrder>;
