import type { Request, Response } from 'express';
import { parseJson, parseOtlp, renderWaterfall } from '@beyond-headers/traces';
import type { StoredTrace } from '../store/stored-trace.ts';
import type { TraceStore } from '../store/trace-store.ts';
import { tracesJson } from './traces-json.ts';
import { parseTraceId } from './go-values.ts';

const maxListed = 50;
/** Beyond this a drawing helps no one; the API has the whole trace. */
const maxDrawnSpans = 1_000;

/** `GET /trace/:id`: the waterfall of the trace and of those that it is linked with, at the path where Jaeger's UI has its page. */
export function tracePage(store: TraceStore, id: string, response: Response): void {
  const trace = find(store, id);
  if (!trace) {
    response
      .status(404)
      .type('text/plain')
      .send(`No trace ${id.slice(0, 64)} is here. The last ones are listed at /\n`);
    return;
  }
  const family = [trace, ...linkedWith(store, trace)];
  const tooLarge = family.reduce((sum, { spanCount }) => sum + spanCount, 0) > maxDrawnSpans;
  const drawn = tooLarge ? [trace] : family;
  const note = tooLarge ? `\n\nOnly the first ${maxDrawnSpans} spans of this trace are drawn.` : '';
  const spans = parseOtlp(parseJson(tracesJson(drawn, true)));
  const text = renderWaterfall(spans.slice(0, maxDrawnSpans));
  response.type('text/plain').send(`${text}${note}\n\nAs JSON: /api/v3/traces/${trace.traceId}\n`);
}

function find(store: TraceStore, id: string): StoredTrace | undefined {
  try {
    return store.get(parseTraceId(id));
  } catch {
    return undefined;
  }
}

function linkedWith(store: TraceStore, trace: StoredTrace): StoredTrace[] {
  const targets = new Set(trace.spans().flatMap((span) => span.linkedTraceIds));
  return store
    .newestFirst()
    .filter((other) => other !== trace)
    .filter(
      (other) =>
        targets.has(other.traceId) ||
        other.spans().some((span) => span.linkedTraceIds.includes(trace.traceId)),
    );
}

/** `GET /`: the last traces, one a line, each with the address of its page. */
export function listPage(store: TraceStore, request: Request, response: Response): void {
  const traces = store.newestFirst();
  const { evictedTraces } = store.stats();
  const base = `${request.protocol}://${request.headers.host ?? 'localhost'}`;
  const lines = traces.slice(0, maxListed).map((trace) => listed(trace, base));
  const head = `${traces.length} traces${evictedTraces > 0 ? `, ${evictedTraces} older ones dropped` : ''}`;
  response.type('text/plain').send(`${[head, ...lines].join('\n')}\n`);
}

function listed(trace: StoredTrace, base: string): string {
  const spans = trace.spans();
  const first = spans.find((span) => span.isRoot) ?? spans[0];
  const time = new Date(trace.receivedAt).toISOString().slice(11, 19);
  const title = `${first?.service} ${first?.name}`.replaceAll(/\p{C}/gu, '·').slice(0, 40);
  return `${time}  ${title.padEnd(40)} ${String(trace.spanCount).padStart(5)} spans  ${base}/trace/${trace.traceId}`;
}
