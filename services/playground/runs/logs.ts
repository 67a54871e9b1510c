import { z } from 'zod';
import { getJson } from './http.ts';
import type { LogView, TraceLogs } from './trace-logs.ts';

/** The maximum number of lines that a page gets. */
const MAX_LINES = 2_000;

/** Query of `GET /api/runs/:runId/logs`. */
export const logsQuery = z.object({
  spanId: z
    .string()
    .regex(/^[0-9a-f]{16}$/, 'expected 16 lower-case hex digits')
    .optional()
    .describe('Only the lines of this span.'),
});

/**
 * Returns the log lines of a trace, or of one of its spans. Without a `url`, returns none, because a system need not collect log
 * lines. Rejects with an `UpstreamError` if the store doesn't answer.
 */
export async function readLogs(
  url: string | undefined,
  traceId: string,
  { spanId }: z.infer<typeof logsQuery> = {},
): Promise<TraceLogs> {
  if (url === undefined) return { isCollected: false, lines: [] };
  const query = new URLSearchParams({ traceId, ...(spanId !== undefined && { spanId }) });
  const answer = await getJson<{ logs: LogView[] }>('log store', `${url}/api/logs?${query.toString()}`);
  const lines = (answer?.logs ?? []).slice(0, MAX_LINES).map(toView);
  return { isCollected: answer !== undefined, lines };
}

const toView = ({ spanId, timeMs, severity, body, attributes }: LogView): LogView => ({
  spanId,
  timeMs,
  severity,
  body,
  attributes,
});
