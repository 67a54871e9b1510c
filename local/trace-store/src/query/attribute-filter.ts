import { z } from 'zod';
import { CODES, KINDS, type ResourceRecord, type ScopeRecord, type SpanRecord } from '../otlp/schema.ts';
import type { AnyValue, KeyValue } from '../otlp/value.ts';

interface Recorded {
  resource: ResourceRecord;
  scope: ScopeRecord;
  span: SpanRecord;
}

type Rule = (recorded: Recorded, wanted: string) => boolean;

const ERROR_CODES = new Map([
  ['true', 2],
  ['false', 1],
]);

/** Keys for which Jaeger compares a field of the span or scope instead of an attribute. */
const RULES: Record<string, Rule> = {
  error: ({ span }, wanted) => ERROR_CODES.get(wanted) === (span.status?.code ?? 0),
  'span.status': ({ span }, wanted) => (span.status?.code ?? 0) === numberOf(CODES, wanted),
  'span.kind': ({ span }, wanted) => (span.kind ?? 0) === numberOf(KINDS, wanted),
  'scope.name': ({ scope }, wanted) => (scope.name ?? '') === wanted,
  'scope.version': ({ scope }, wanted) => (scope.version ?? '') === wanted,
};

const RESOURCE = 'resource.';

/**
 * Reports whether all attributes are on a span, or on its resource, scope, events, or links. With the prefix `resource.`, a key
 * is only looked up on the resource.
 */
export function hasAttributes(recorded: Recorded, wanted: ReadonlyMap<string, string>): boolean {
  return [...wanted].every(([key, value]) => {
    const rule = Object.hasOwn(RULES, key) ? RULES[key] : undefined;
    if (rule) return rule(recorded, value);
    const { resource, scope, span } = recorded;
    if (key.startsWith(RESOURCE)) return has(resource, key.slice(RESOURCE.length), value);
    return [span, scope, resource, ...(span.events ?? []), ...(span.links ?? [])].some((each) =>
      has(each, key, value),
    );
  });
}

const texts = z.record(z.string(), z.string(), 'expected an object of texts');

/** Parses `query.attributes`, a JSON object whose values are strings. Throws if the text is anything else. */
export function parseAttributes(json: string): Map<string, string> {
  return new Map(Object.entries(texts.parse(JSON.parse(json))));
}

function has({ attributes }: { attributes?: KeyValue[] | null }, key: string, value: string): boolean {
  const found = attributes?.findLast((attribute) => attribute.key === key);
  return found !== undefined && textOf(found.value) === value;
}

/** Returns undefined for lists and maps, which a search doesn't find. */
function textOf(value: AnyValue): string | undefined {
  const { stringValue, intValue, boolValue, doubleValue, bytesValue } = value;
  const single = stringValue ?? intValue ?? boolValue ?? doubleValue ?? bytesValue;
  return single === undefined ? undefined : String(single);
}

const numberOf = (names: readonly string[], wanted: string) =>
  Math.max(0, names.indexOf(wanted.toUpperCase()));
