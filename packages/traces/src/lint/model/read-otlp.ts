import { spanKinds } from '../../tree/span.ts';
import { isObject, type ResourceSpans } from '../../read/otlp-groups.ts';
import type { OtlpAttribute, OtlpLink, OtlpSpan } from '../../read/otlp-types.ts';
import { kindOf, statusOf } from '../../read/otlp.ts';
import { fieldsOf, type Fields } from './attributes.ts';
import type { RawLink, RawSpan, SpanStore } from './span-store.ts';

/** Adds the spans of one `ResourceSpans` to the store. Returns a problem for each span that is invalid. */
export function addResourceSpans(store: SpanStore, group: unknown): string[] {
  if (!isObject(group))
    return [`a resource with spans that is ${JSON.stringify(group)}. Expected an object.`];
  const { resource, scopeSpans } = group as ResourceSpans;
  const number = store.resourceNumber(fieldsIn(resource?.attributes));
  const problems: string[] = [];
  for (const scope of listOf(scopeSpans)) {
    for (const span of listOf(scope?.spans)) {
      const problem = isObject(span)
        ? store.add(toRaw(span), number, fieldsIn(span.attributes))
        : `a span that is ${JSON.stringify(span)}. Expected an object.`;
      if (problem !== undefined) problems.push(problem);
    }
  }
  return problems;
}

const listOf = <Item>(value: readonly Item[] | undefined): readonly Item[] =>
  Array.isArray(value) ? value : [];

/** Reads a number from an untrusted file, in which it may be a number, a text, or anything else: `Number({ toString: 1 })` throws. */
const numberOf = (value: unknown): number => (typeof value === 'object' ? 0 : Number(value ?? 0) || 0);

const flagsOf = ({ flags }: { flags?: unknown }): number => numberOf(flags);

function toRaw(span: OtlpSpan): RawSpan {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    name: typeof span.name === 'string' ? span.name : '',
    kind: spanKinds.indexOf(kindOf(span.kind)),
    startMs: toMs(span.startTimeUnixNano),
    endMs: toMs(span.endTimeUnixNano),
    isError: statusOf(span.status).code === 'ERROR',
    flags: flagsOf(span),
    links: listOf(span.links).filter(isObject).map(toRawLink),
  };
}

function toRawLink(link: OtlpLink): RawLink {
  return { traceId: link.traceId, spanId: link.spanId, flags: flagsOf(link) };
}

/**
 * Converts nanoseconds to milliseconds, exact to a quarter of a microsecond, which is finer than any clock here. Returns 0 for an invalid
 * time.
 */
function toMs(nanoseconds: string | number | undefined): number {
  const ms = numberOf(nanoseconds) / 1e6;
  return Number.isFinite(ms) && ms > 0 ? ms : 0;
}

function fieldsIn(attributes: readonly OtlpAttribute[] | undefined): Fields {
  return fieldsOf(
    listOf(attributes)
      .filter(isObject)
      .map(({ key, value }) => [key, value?.stringValue ?? value?.intValue ?? value?.doubleValue]),
  );
}
