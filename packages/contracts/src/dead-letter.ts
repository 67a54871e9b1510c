import type { DocumentContext } from '@beyond-headers/propagation';
import { z } from 'zod';
import { inDecimal } from './in-decimal.ts';

/** Any text, since a dead letter may be a document of any program. No program would choose a longer one. */
export const deadLetterId = z.string().min(1).max(1_024);

/** A carrier as it is stored. */
export const storedContext = z.record(z.string(), z.string()) satisfies z.ZodType<DocumentContext>;

export const attemptRecord = z
  .object({
    attempt: z.int().describe('The number of the attempt, from 1.'),
    outcome: z
      .string()
      .describe(
        'How it ended: `retry`, `dead letter`, `postponed`, `released`, `lease ended`, `requeued`, `held`, `waiting`, `scheduled`.',
      ),
    at: z.iso.datetime(),
    owner: z.string().optional().describe('The poller that made the attempt.'),
    error: z.string().optional(),
    context: storedContext.optional().describe("The context of the attempt's span."),
  })
  .meta({ id: 'AttemptRecord', description: 'An attempt that has ended.' });

export const deadLetter = z
  .object({
    orderId: z
      .string()
      .describe('An id that is not text is shown in Extended JSON of MongoDB, such as `{"$oid":"…"}`.'),
    customer: z.string(),
    attempts: z.int(),
    failedAt: z.iso.datetime().optional().describe('Absent if the document has no such date.'),
    error: z.string().optional().describe('Why the last attempt failed.'),
    traceIds: z.array(z.string()).describe('The ids of all traces that touched the order.'),
    context: storedContext.optional().describe("The order's carrier, as it is stored."),
    history: z.array(attemptRecord),
  })
  .meta({
    id: 'DeadLetter',
    description:
      'An order that has failed for good, and why. The document may have any shape, because malformed documents become dead letters too.',
  });

/** Query of `GET /dead-letters`. */
export const listDeadLetters = z.strictObject({
  limit: inDecimal(z.coerce.number().int().min(1).max(100))
    .default(20)
    .describe('The maximum number of results.'),
  after: deadLetterId.optional().describe('`next` of the previous page.'),
});

export const deadLetterPage = z
  .object({
    deadLetters: z.array(deadLetter),
    next: z.string().optional().describe('The start of the next page. Absent on the last page.'),
  })
  .meta({ id: 'DeadLetterPage', description: 'Dead letters, newest order first.' });

export const requeuedOrder = z
  .object({
    orderId: z.string(),
    status: z.literal('pending'),
    traceId: z
      .string()
      .optional()
      .describe('The new trace, which links to the old ones. Absent while telemetry is off.'),
  })
  .meta({ id: 'RequeuedOrder', description: 'A dead letter that is back in the queue.' });

export type DeadLetter = z.infer<typeof deadLetter>;
export type DeadLetterPage = z.infer<typeof deadLetterPage>;
export type ListDeadLetters = z.infer<typeof listDeadLetters>;
export type RequeuedOrder = z.infer<typeof requeuedOrder>;
