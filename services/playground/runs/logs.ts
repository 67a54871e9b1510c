import { z } from 'zod';
import { getJson } from './http.ts';
import type { LogView, TraceLogs } from './trace-logs.ts';

/** A page shows no more at a time. */
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
 * The log lines that were written in the spans of a trace, or in one of them. Without an address there is nowhere to ask: a system
 * need not collect them. Rejects with an `UpstreamError` when the store does not answer.
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
