import { z } from 'zod';

const MAX_FAILURES = 5;
const MAX_HANDLER_MS = 20_000;

/**
 * The pitfalls of the document. No span is lost, but the trace is wrong:
 *
 * - `stale` copies a document together with its context.
 * - `early` captures the context before the sending span starts.
 * - `text` stores the fields as one JSON text.
 */
const DOCUMENT_PITFALLS = ['stale', 'early', 'text'] as const;

/**
 * The pitfalls of the Job:
 *
 * - `stale` keeps the TRACEPARENT of a template.
 * - `twice` adds a second, wrong TRACEPARENT after the right one.
 * - `early` captures the context before the launching span starts.
 * - `lowercase` names the variables like the headers.
 */
const JOB_PITFALLS = ['stale', 'twice', 'early', 'lowercase'] as const;

export const demoSwitches = z
  .strictObject({
    document: z
      .enum(['on', 'off', ...DOCUMENT_PITFALLS])
      .optional()
      .describe(
        "What the document of the order carries. `on`: the context. `off`: nothing. The other values are mistakes. `stale`: the context of a separate trace, as if the document were copied from a template. `early`: a context that was captured before the span `send orders` started, so the poller's span is beside that span, not below it. `text`: the context as one text, which the poller does not read.",
      ),
    job: z
      .enum(['on', 'off', ...JOB_PITFALLS])
      .optional()
      .describe(
        "What the Job's environment carries. `on`: the context. `off`: nothing. The other values are mistakes. `stale`: the context of a separate trace, as if the Job were copied from a template. `twice`: the variable `TRACEPARENT` twice. The second one takes effect, and has the context of a separate trace. `early`: a context that was captured before the span `launch report-job` started, so the job's span is beside that span, not below it. `lowercase`: variables with lower-case names, which the job does not read.",
      ),
    shape: z
      .enum(['parent', 'link', 'parent+link'])
      .optional()
      .describe(
        "How the span of the poller's attempt relates to the context in the document. `parent`: it is a child of that context. `link`: it starts a new trace, which links to that context. `parent+link`: it is a child of that context, and also links to it.",
      ),
    failTimes: z
      .int()
      .min(0)
      .max(MAX_FAILURES)
      .optional()
      .describe('How many of the first attempts at the order fail.'),
    handlerMs: z
      .int()
      .min(0)
      .max(MAX_HANDLER_MS)
      .optional()
      .describe('The minimum duration of each attempt at the order, in milliseconds.'),
    jobFault: z
      .enum(['crash', 'oom'])
      .optional()
      .describe(
        'How every attempt of the Job ends. `crash`: with exit code 1. `oom`: killed because it used too much memory. Default: neither.',
      ),
  })
  .meta({
    id: 'DemoSwitches',
    description:
      'The mistakes and failures that the demo makes on purpose for this order. By default, it makes none. Without `DEMO_CONTROLS=on`, the services accept these switches, but ignore them.',
  });

export type DemoSwitches = z.infer<typeof demoSwitches>;

/** The switches for an order. Its Job has no use for the additional ones. */
export const orderSwitches = demoSwitches
  .extend({
    join: z
      .enum(['on', 'part'])
      .optional()
      .describe(
        'The context in which an order resumes after its last part has ended. `on`: the context of the attempt in which it stopped. `part`: the context of the part that ended last, which is a mistake.',
      ),
  })
  .meta({
    id: 'OrderSwitches',
    description:
      'The mistakes and failures that the demo makes on purpose for an order: all switches of `DemoSwitches`, and `join`.',
  });

export type OrderSwitches = z.infer<typeof orderSwitches>;

/** Returns a request without the demo's switches, for services that ignore them. */
export function withoutSwitches<T extends { demo?: unknown }>({
  demo: _ignored,
  ...rest
}: T): Omit<T, 'demo'> {
  return rest;
}
