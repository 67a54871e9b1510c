import { z } from 'zod';

/** What the demo breaks on purpose, for each order. Everything is on when the field is absent. */
export const demoSwitches = z.strictObject({
  document: z.enum(['on', 'off']).optional(),
  job: z.enum(['on', 'off']).optional(),
  shape: z.enum(['parent', 'link', 'parent+link']).optional(),
});

export type DemoSwitches = z.infer<typeof demoSwitches>;
