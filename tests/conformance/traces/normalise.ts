import { parseJson } from '@beyond-headers/traces';

export interface NormalChunk {
  resource: unknown;
  scope: unknown;
  spans: JsonSpan[];
}

type JsonSpan = Record<string, unknown>;
interface Json {
  result?: { resourceSpans: { resource: unknown; scopeSpans: { scope: unknown; spans?: JsonSpan[] }[] }[] };
}

/**
 * Groups spans by resource and scope, and sorts them, because backends may split a trace into chunks differently. Removes Jaeger's warnings
 * that it skipped the clock skew adjustment, because the trace store has no such step.
 */
export function normalise(body: string): NormalChunk[] {
  const chunks = new Map<string, NormalChunk>();
  for (const { resource, scopeSpans } of (parseJson(body) as Json).result?.resourceSpans ?? []) {
    for (const { scope, spans } of scopeSpans) {
      if (!spans) continue;
      const key = JSON.stringify([resource, scope]);
      const chunk = chunks.get(key) ?? { resource, scope, spans: [] };
      chunk.spans.push(...spans.map(withoutSkewWarnings));
      chunks.set(key, chunk);
    }
  }
  return [...chunks.values()]
    .map((chunk) => ({ ...chunk, spans: chunk.spans.toSorted(byId) }))
    .toSorted(byKey);
}

interface Warnings {
  key: string;
  value: { arrayValue?: { values?: { stringValue?: string }[] } };
}

function withoutSkewWarnings(span: JsonSpan): JsonSpan {
  const { attributes, ...rest } = span;
  const kept = (attributes as Warnings[] | undefined)?.flatMap((attribute) => {
    if (attribute.key !== '@jaeger@warnings') return [attribute];
    const values = attribute.value.arrayValue?.values ?? [];
    const others = values.filter(
      ({ stringValue }) => !stringValue?.endsWith('skipping clock skew adjustment'),
    );
    return others.length > 0 ? [{ ...attribute, value: { arrayValue: { values: others } } }] : [];
  });
  return kept && kept.length > 0 ? { ...rest, attributes: kept } : rest;
}

function byId(a: JsonSpan, b: JsonSpan): number {
  return JSON.stringify([a.spanId, a]) < JSON.stringify([b.spanId, b]) ? -1 : 1;
}

function byKey(a: NormalChunk, b: NormalChunk): number {
  return JSON.stringify([a.resource, a.scope]) < JSON.stringify([b.resource, b.scope]) ? -1 : 1;
}
