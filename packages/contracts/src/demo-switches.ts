import { z } from 'zod';

const MAX_FAILURES = 5;
const MAX_HANDLER_MS = 20_000;

export const demoSwitches = z
  .strictObject({
    document: z.enum(['on', 'off']).optional().describe('Whether the order carries the context.'),
    job: z.enum(['on', 'off']).optional().describe("Whether the Job's environment carries it."),
    shape: z
      .enum(['parent', 'link', 'parent+link'])
      .optional()
      .describe('How the consumer hangs on the context that it finds.'),
    failTimes: z
      .int()
      .min(0)
      .max(MAX_FAILURES)
      .optional()
      .describe('How many attempts at the order fail before one succeeds.'),
    handlerMs: z
      .int()
      .min(0)
      .max(MAX_HANDLER_MS)
      .optional()
      .describe('How many milliseconds each attempt at the order takes at the least.'),
    jobFault: z
      .enum(['crash', 'oom'])
      .optional()
      .describe('How every attempt of the job ends: exit code 1, or killed for the memory it took.'),
  })
  .meta({
    id: 'DemoSwitches',
    description:
      'What the demo breaks on purpose, for each order. Everything is on, and nothing fails, when the field is absent.',
  });

export type DemoSwitches = z.infer<typeof demoSwitches>;
