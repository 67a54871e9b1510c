import type { SpanGroup, StoredTrace } from '../store/stored-trace.ts';
import { adjust } from './adjust.ts';

/** Returns traces as OTLP JSON: as they were sent if `isRaw`, else as Jaeger returns them for a plain read. */
export function tracesJson(traces: readonly StoredTrace[], isRaw: boolean): string {
  const groups = traces.flatMap((trace) => (isRaw ? trace.groups() : adjust(trace.groups())));
  return `{"resourceSpans":[${groups.map(groupJson).join(',')}]}`;
}

function groupJson({ resource, scope, spans }: SpanGroup): string {
  const scopeSpans = `{"scope":${JSON.stringify(scope)},"spans":[${spans.map(({ json }) => json).join(',')}]}`;
  return `{"resource":${JSON.stringify(resource)},"scopeSpans":[${scopeSpans}]}`;
}
