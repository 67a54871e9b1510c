import type { KeyValue } from '../otlp/value.ts';
import type { SpanRecord } from '../otlp/schema.ts';
import { warningsKey } from '../store/sanitise.ts';

/*
 * What Jaeger does to a trace in a plain read, one without `rawTraces`. Jaeger changes the stored trace. This code changes only
 * the response.
 */

/** Spans of one resource and scope, all as JSON text. */
export interface Chunk {
  resource: string;
  scope: string;
  spans: string[];
}

/**
 * Returns the chunks with attributes and events sorted, and without links that have no trace id. Each distinct span of a scope
 * occurs once.
 */
export function adjust(chunks: readonly Chunk[]): Chunk[] {
  const seen = new Set<string>();
  return chunks.map(({ resource, scope, spans }) => {
    const group = { resource: inOrder(resource), scope: inOrder(scope) };
    const adjusted = spans.map((span) => JSON.stringify(adjustSpan(JSON.parse(span) as SpanRecord)));
    const isNew = (span: string) => {
      const identity = group.resource + group.scope + span;
      return !seen.has(identity) && seen.add(identity);
    };
    return { ...group, spans: adjusted.filter(isNew) };
  });
}

const inOrder = (json: string) => JSON.stringify(withSorted(JSON.parse(json) as { attributes?: KeyValue[] }));

function adjustSpan(span: SpanRecord): SpanRecord {
  const links = span.links?.filter(({ traceId }) => traceId !== undefined);
  const removed = (span.links?.length ?? 0) - (links?.length ?? 0);
  const attributes = sortedByKey(span.attributes ?? []);
  return {
    ...span,
    ...listed('attributes', withWarnings(attributes, removed)),
    ...listed('events', span.events?.map(withSorted).toSorted(byTime)),
    ...listed('links', links?.map(withSorted)),
  };
}

function listed<Name extends string, Item>(
  name: Name,
  items: Item[] | undefined,
): { [key in Name]?: Item[] } {
  // Set the key even if the list is empty, so that it replaces the list in the span.
  return { [name]: items && items.length > 0 ? items : undefined } as { [key in Name]?: Item[] };
}

/** Returns the attributes with the span's warnings as the last one. These include a warning for each removed link. */
function withWarnings(attributes: readonly KeyValue[], removed: number): KeyValue[] {
  const has = attributes.find(({ key }) => key === warningsKey)?.value.arrayValue?.values ?? [];
  const removals = Array.from({ length: removed }, () => ({ stringValue: 'Invalid span link removed' }));
  const values = [...has, ...removals];
  if (values.length === 0) return [...attributes];
  const others = attributes.filter(({ key }) => key !== warningsKey);
  return [...others, { key: warningsKey, value: { arrayValue: { values } } }];
}

function withSorted<T extends { attributes?: KeyValue[] | null }>(holder: T): T {
  return holder.attributes ? { ...holder, attributes: sortedByKey(holder.attributes) } : holder;
}

/** Sorts attributes by key. Of several with the same key, the last one wins. */
function sortedByKey(attributes: readonly KeyValue[]): KeyValue[] {
  const byKey = new Map(attributes.map((attribute) => [attribute.key ?? '', attribute]));
  return [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, attribute]) => attribute);
}

function byTime(a: { timeUnixNano?: string }, b: { timeUnixNano?: string }): number {
  const difference = BigInt(a.timeUnixNano ?? 0) - BigInt(b.timeUnixNano ?? 0);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
