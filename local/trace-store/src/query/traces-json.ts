import type { SpanGroup, StoredTrace } from '../store/stored-trace.ts';
import { adjust, type Chunk } from './adjust.ts';

/** Returns traces as OTLP JSON: as they were sent if `isRaw`, else as Jaeger returns them for a plain read. */
export function tracesJson(traces: readonly StoredTrace[], isRaw: boolean): string {
  const chunks = traces.flatMap((trace) => {
    const stored = trace.groups().map(toChunk);
    return isRaw ? stored : adjust(stored);
  });
  return `{"resourceSpans":[${chunks.map(chunkJson).join(',')}]}`;
}

const toChunk = ({ resource, scope, spans }: SpanGroup): Chunk => ({
  resource,
  scope,
  spans: spans.map(({ json }) => json),
});

const chunkJson = ({ resource, scope, spans }: Chunk) =>
  `{"resource":${resource},"scopeSpans":[{"scope":${scope},"spans":[${spans.join(',')}]}]}`;
