import { z } from 'zod';

const MAX_FAILURES = 5;
const MAX_HANDLER_MS = 20_000;

/** What the demo breaks on purpose, for each order. Everything is on, and nothing fails, when the field is absent. */
export const demoSwitches = z.strictObject({
  document: z.enum(['on', 'off']).optional(),
  job: z.enum(['on', 'off']).optional(),
  shape: z.enum(['parent', 'link', 'parent+link']).optional(),
  /** How many attempts at the order fail before one succeeds. */
  failTimes: z.int().min(0).max(MAX_FAILURES).optional(),
  /** How long each attempt at the order takes at the least. */
  handlerMs: z.int().min(0).max(MAX_HANDLER_MS).optional(),
  /** How every attempt of the job ends: exit code 1, or killed for the memory it took. */
  jobFault: z.enum(['crash', 'oom']).optional(),
});

export type DemoSwitches = z.infer<typeof demoSwitches>;
