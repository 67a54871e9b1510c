import type { KeyValue } from '../otlp/value.ts';
import type { ResourceRecord, ScopeRecord, SpanRecord } from '../otlp/schema.ts';

/** What Jaeger calls a resource without `service.name`. */
const missingServiceName = 'missing-service-name';
const warningsKey = '@jaeger@warnings';

/** A resource as Jaeger returns it: attributes sorted by key, and always with a service name. */
export function normaliseResource(resource: ResourceRecord): ResourceRecord {
  const named = serviceNameOf(resource) !== '';
  const missing = { key: 'service.name', value: { stringValue: missingServiceName } };
  const others = (resource.attributes ?? []).filter(({ key }) => key !== 'service.name');
  return withSorted(named ? resource : { ...resource, attributes: [...others, missing] });
}

export function serviceNameOf({ attributes }: ResourceRecord): string {
  return attributes?.findLast(({ key }) => key === 'service.name')?.value.stringValue ?? '';
}

export function normaliseScope(scope: ScopeRecord): ScopeRecord {
  return withSorted(scope);
}

/**
 * A span as Jaeger returns it: attributes sorted by key, events by time, links without a trace id removed, an end that is
 * not after the start set to one nanosecond after it. What was mended is said in the attribute `@jaeger@warnings`, the last one.
 */
export function normaliseSpan(span: SpanRecord): SpanRecord {
  const { end, warning } = mendedEnd(span);
  const links = span.links?.filter(({ traceId }) => traceId !== undefined);
  const removed = (span.links?.length ?? 0) - (links?.length ?? 0);
  const warnings = [...warning, ...Array.from({ length: removed }, () => 'Invalid span link removed')];
  return {
    ...span,
    ...end,
    ...listed('attributes', [...sortedByKey(span.attributes), ...warningAttribute(warnings)]),
    ...listed('events', span.events?.map(withSorted).toSorted(byTime)),
    ...listed('links', links?.map(withSorted)),
    status: span.status ?? {},
  };
}

function listed<Name extends string, Item>(
  name: Name,
  items: Item[] | undefined,
): { [key in Name]?: Item[] } {
  // The key is written also when the list is empty: it must replace the one that the span came with.
  return { [name]: items && items.length > 0 ? items : undefined } as { [key in Name]?: Item[] };
}

function mendedEnd(span: SpanRecord): { end: { endTimeUnixNano?: string }; warning: string[] } {
  const start = BigInt(span.startTimeUnixNano ?? 0);
  const end = BigInt(span.endTimeUnixNano ?? 0);
  if (end > start) return { end: {}, warning: [] };
  const mended = start + 1n;
  const warning =
    'Negative duration detected, sanitizing end timestamp. ' +
    `Original end timestamp: ${goTime(end)}, adjusted to: ${goTime(mended)}`;
  return { end: { endTimeUnixNano: String(mended) }, warning: [warning] };
}

/** As Go prints a time in UTC: `2023-11-14 22:13:20.00000001 +0000 UTC`, without zeros at the end of the fraction. */
function goTime(ns: bigint): string {
  const second = new Date(Number(ns / 1_000_000_000n) * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const fraction = String(ns % 1_000_000_000n)
    .padStart(9, '0')
    .replace(/0+$/, '');
  return `${second}${fraction && `.${fraction}`} +0000 UTC`;
}

function warningAttribute(warnings: readonly string[]): KeyValue[] {
  if (warnings.length === 0) return [];
  const values = warnings.map((stringValue) => ({ stringValue }));
  return [{ key: warningsKey, value: { arrayValue: { values } } }];
}

function withSorted<T extends { attributes?: KeyValue[] | null }>(holder: T): T {
  return holder.attributes ? { ...holder, attributes: sortedByKey(holder.attributes) } : holder;
}

/** Of attributes with the same key the last one stays. */
function sortedByKey(attributes: readonly KeyValue[] | null | undefined): KeyValue[] {
  const byKey = new Map((attributes ?? []).map((attribute) => [attribute.key ?? '', attribute]));
  return [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, attribute]) => attribute);
}

function byTime(a: { timeUnixNano?: string }, b: { timeUnixNano?: string }): number {
  const difference = BigInt(a.timeUnixNano ?? 0) - BigInt(b.timeUnixNano ?? 0);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
