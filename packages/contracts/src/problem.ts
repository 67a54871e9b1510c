import { z } from 'zod';

export const problem = z
  .object({
    type: z.string().describe('Always `about:blank`. The status shows the kind of problem.'),
    title: z.string().describe('The standard text for the status, such as `Not Found`.'),
    status: z.int(),
    detail: z.string().optional().describe('What is wrong with this request, and what to do.'),
    traceId: z.string().optional().describe('The id of the trace of this request.'),
    errors: z
      .array(
        z.object({
          path: z.string().describe('The field, such as `items.0.quantity`.'),
          message: z.string().describe('What is wrong with its value.'),
        }),
      )
      .optional()
      .describe('What is wrong in each field of the body or query, for at most 50 fields.'),
  })
  .meta({
    id: 'Problem',
    description: 'An error, in the format of RFC 9457 (problem details), with the trace id.',
  });

export type Problem = z.infer<typeof problem>;
