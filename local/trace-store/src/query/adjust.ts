import type { SpanRecord } from '../otlp/schema.ts';
import { emptyToAbsent, type KeyValue } from '../otlp/value.ts';
import { warningsKey } from '../store/sanitise.ts';
import type { SpanGroup, StoredSpan } from '../store/stored-trace.ts';

/*
 * What Jaeger does to a trace in a plain read, one without `rawTraces`. Jaeger changes the stored trace. This code changes only
 * the response.
 */

/**
 * Returns the groups with attributes and events sorted, and without links that have no trace id. Each distinct span of a scope
 * occurs once.
 */
export function adjust(groups: readonly SpanGroup[]): SpanGroup[] {
  const seen = new Set<string>();
  return groups.map(({ resource, scope, spans }) => {
    const origin = { resource: withSorted(resource), scope: withSorted(scope) };
    const adjusted = spans.map((span) => ({ ...span, json: adjustJson(span.json) }));
    const originJson = JSON.stringify(origin);
    const isNew = ({ json }: StoredSpan) => {
      const identity = originJson + json;
      return !seen.has(identity) && seen.add(identity);
    };
    return { ...origin, spans: adjusted.filter(isNew) };
  });
}

const adjustJson = (json: string) => JSON.stringify(adjustSpan(JSON.parse(json) as SpanRecord));

function adjustSpan(span: SpanRecord): SpanRecord {
  const links = span.links?.filter(({ traceId }) => traceId !== undefined);
  const removed = (span.links?.length ?? 0) - (links?.length ?? 0);
  const attributes = sortedByKey(span.attributes ?? []);
  return {
    ...span,
    attributes: emptyToAbsent(withWarnings(attributes, removed)),
    events: emptyToAbsent(span.events?.map(withSorted).toSorted(byTime)),
    links: emptyToAbsent(links?.map(withSorted)),
  };
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
