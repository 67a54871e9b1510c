import type { DocumentContext } from '@beyond-headers/propagation';
import { z } from 'zod';
import { inDecimal } from './in-decimal.ts';

/** Any text, because any program may have written the document. In Extended JSON, an ID is several times as long. */
export const deadLetterId = z
  .string()
  .min(1)
  .max(8_192)
  .describe('The id of the dead letter: its `orderId`.');

/** A carrier, as a document stores it. */
export const storedContext = z.record(z.string(), z.string()) satisfies z.ZodType<DocumentContext>;

export const attemptRecord = z
  .object({
    attempt: z.int().describe('The number of the attempt, from 1.'),
    outcome: z
      .string()
      .describe(
        'How the attempt ended. `retry`: it failed, and another attempt follows. `dead letter`: it failed for good. `postponed`: a service that the order needs was unavailable. `released`: the poller stopped before the attempt ended. Attempts that are `postponed` or `released` do not count toward `MAX_ATTEMPTS`. `lease ended`: the poller did not renew its claim in time. `held`: the order waits for an approval. `waiting`: the order waits for its parts. `scheduled`: the order waits for its next run. `requeued`: the record is not an attempt, but shows when the dead letter was put back into the queue.',
      ),
    at: z.iso.datetime().describe('When the attempt ended.'),
    owner: z.string().optional().describe('The name of the poller that made the attempt.'),
    error: z.string().optional().describe('Why the attempt failed.'),
    context: storedContext
      .optional()
      .describe("The context of the attempt's span: `traceparent` and other fields."),
  })
  .meta({ id: 'AttemptRecord', description: 'An attempt that has ended.' });

export const deadLetter = z
  .object({
    orderId: z
      .string()
      .describe(
        'The id of the order. If the id is not text, as in a document of another program, the field has it as MongoDB\'s Extended JSON, such as `{"$oid":"…"}`.',
      ),
    customer: z.string(),
    attempts: z
      .int()
      .describe(
        'The number of attempts since the order was placed. The count starts again when the order stops to wait, and when it is put back into the queue after it failed for good. Attempts that are `postponed` or `released` do not count.',
      ),
    failedAt: z.iso
      .datetime()
      .optional()
      .describe('When the order failed. Absent if the document has no such date.'),
    error: z.string().optional().describe('Why the last attempt failed.'),
    traceIds: z.array(z.string()).describe('The ids of all traces that contain work on the order.'),
    context: storedContext
      .optional()
      .describe("The context that the order's document carries, as it is stored."),
    history: z.array(attemptRecord).describe('The attempts that have ended, the oldest first.'),
  })
  .meta({
    id: 'DeadLetter',
    description: 'An order that has failed for good, and why. Malformed documents become dead letters too.',
  });

/** Query of `GET /dead-letters`. */
export const listDeadLetters = z.strictObject({
  limit: inDecimal(z.coerce.number().int().min(1).max(100))
    .default(20)
    .describe('The maximum number of results.'),
  after: deadLetterId
    .optional()
    .describe('The value of `next` from the previous page. The answer is the page after it.'),
});

export const deadLetterPage = z
  .object({
    deadLetters: z.array(deadLetter),
    next: z
      .string()
      .optional()
      .describe('The value for `after` with which you get the next page. Absent on the last page.'),
  })
  .meta({ id: 'DeadLetterPage', description: 'One page of dead letters, newest order first.' });

export const requeuedOrder = z
  .object({
    orderId: z.string(),
    status: z.literal('pending'),
    traceId: z
      .string()
      .optional()
      .describe(
        "The id of the new trace, which links to the order's earlier traces. Absent while telemetry is off.",
      ),
  })
  .meta({ id: 'RequeuedOrder', description: 'A dead letter that is back in the queue.' });

export type DeadLetter = z.infer<typeof deadLetter>;
export type DeadLetterPage = z.infer<typeof deadLetterPage>;
export type ListDeadLetters = z.infer<typeof listDeadLetters>;
export type RequeuedOrder = z.infer<typeof requeuedOrder>;
