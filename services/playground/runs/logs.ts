import type { LogView, TraceLogs } from '../view/types.ts';
import { getJson } from './http.ts';

/** A page shows no more of one trace. */
const MAX_LINES = 2_000;

/**
 * The log lines that were written in the spans of a trace. Without an address there is nowhere to ask: a system need not collect
 * them. Rejects with an `UpstreamError` when the store does not answer.
 */
export async function readLogs(url: string | undefined, traceId: string): Promise<TraceLogs> {
  if (url === undefined) return { isCollected: false, lines: [] };
  const answer = await getJson<{ logs: LogView[] }>('log store', `${url}/api/logs?traceId=${traceId}`);
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
