import type { ResourceRecord, SpanRecord } from '../otlp/schema.ts';

/* The corrections that Jaeger makes to a span before it stores the span. */

/** The name that Jaeger gives to a resource without `service.name`. */
const missingServiceName = 'missing-service-name';
/** The name that Jaeger gives to a span without a name. */
const emptyName = 'empty-span-name';
export const warningsKey = '@jaeger@warnings';

/** Returns the resource, and adds a service name if it has none. */
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
 * Returns a span that always has a name. If the end is not after the start, moves it to one nanosecond after the start, and adds
 * a warning to the attribute `@jaeger@warnings`.
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

/** Formats a time in UTC as Go does: `2023-11-14 22:13:20.00000001 +0000 UTC`, without trailing zeros in the fraction. */
function goTime(ns: bigint): string {
  const second = new Date(Number(ns / 1_000_000_000n) * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const fraction = String(ns % 1_000_000_000n)
    .padStart(9, '0')
    .replace(/0+$/, '');
  return `${second}${fraction && `.${fraction}`} +0000 UTC`;
}
