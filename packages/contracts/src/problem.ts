import { z } from 'zod';

/** RFC 9457 problem details, with the trace to look at. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  traceId: z.string().optional(),
  /** What is wrong in the body or query, field by field. */
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

export type Problem = z.infer<typeof problem>;
