import { z } from 'zod';

export const traceLogs = z
  .object({
    isCollected: z
      .boolean()
      .describe(
        "Whether the playground can read log lines. To let it read them, set `LOGS_QUERY_URL` to the URL of this project's trace store.",
      ),
    lines: z.array(
      z.object({
        spanId: z.string(),
        timeMs: z.number().describe('When the line was written, in milliseconds since 1970.'),
        severity: z.string().describe('`INFO`, `ERROR`, and so on.'),
        body: z.string(),
        attributes: z.record(z.string(), z.string()),
      }),
    ),
  })
  .meta({ id: 'TraceLogs', description: 'The log lines of a trace, the oldest first.' });

export type TraceLogs = z.infer<typeof traceLogs>;
export type LogView = TraceLogs['lines'][number];
