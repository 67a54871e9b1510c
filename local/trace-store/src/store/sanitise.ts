import type { ResourceRecord, SpanRecord } from '../otlp/schema.ts';

/* What Jaeger mends of a span before it stores it. */

/** What Jaeger calls a resource without `service.name`. */
const missingServiceName = 'missing-service-name';
/** What Jaeger calls a span without a name. */
const emptyName = 'empty-span-name';
export const warningsKey = '@jaeger@warnings';

/** A resource always has a service name. */
export function sanitiseResource(resource: ResourceRecord): ResourceRecord {
  if (serviceNameOf(resource) !== '') return resource;
  const missing = { key: 'service.name', value: { stringValue: missingServiceName } };
  const others = (resource.attributes ?? []).filter(({ key }) => key !== 'service.name');
  return { ...resource, attributes: [...others, missing] };
}

export function serviceNameOf({ attributes }: ResourceRecord): string {
  return attributes?.findLast(({ key }) => key === 'service.name')?.value.stringValue ?? '';
}

/**
 * A span always has a name. An end that is not after the start becomes one nanosecond after it, and the attribute
 * `@jaeger@warnings` says so.
 */
export function sanitiseSpan(sent: SpanRecord): SpanRecord {
  const span = { ...sent, name: sent.name ?? emptyName, status: sent.status ?? {} };
  const start = BigInt(span.startTimeUnixNano ?? 0);
  const end = BigInt(span.endTimeUnixNano ?? 0);
  if (end > start) return span;
  const mended = start + 1n;
  const stringValue =
    'Negative duration detected, sanitizing end timestamp. ' +
    `Original end timestamp: ${goTime(end)}, adjusted to: ${goTime(mended)}`;
  const warning = { key: warningsKey, value: { arrayValue: { values: [{ stringValue }] } } };
  return {
    ...span,
    endTimeUnixNano: String(mended),
    attributes: [...(span.attributes ?? []), warning],
  };
}

/** As Go prints a time in UTC: `2023-11-14 22:13:20.00000001 +0000 UTC`, without zeros at the end of the fraction. */
function goTime(ns: bigint): string {
  const second = new Date(Number(ns / 1_000_000_000n) * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const fraction = String(ns % 1_000_000_000n)
    .padStart(9, '0')
    .replace(/0+$/, '');
  return `${second}${fraction && `.${fraction}`} +0000 UTC`;
}
