import { z } from 'zod';

export const problem = z
  .object({
    type: z.string().describe('Always `about:blank`. The status shows the kind of problem.'),
    title: z.string().describe('The standard text of the status.'),
    status: z.int(),
    detail: z.string().optional().describe('What was wrong with this request, and what to do.'),
    traceId: z.string().optional().describe('The trace to look at.'),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe('What is wrong in the body or query, field by field: at most 50 of them.'),
  })
  .meta({
    id: 'Problem',
    description: 'An error as problem details (RFC 9457), with the trace id.',
  });

export type Problem = z.infer<typeof problem>;
