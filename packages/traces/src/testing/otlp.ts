import assert from 'node:assert/strict';
import { parseOtlp } from '../read/otlp.ts';

export const ids = { traceId: '0AF7651916CD43DD8448EB211C80319C', spanId: 'B7AD6B7169203331' };

/** Returns the attributes of a span, a link, or a resource, all of which are texts. */
export const attributes = (values: Record<string, string>) =>
  Object.entries(values).map(([key, stringValue]) => ({ key, value: { stringValue } }));

/** Returns a resource with the spans of a service. */
export const group = (service: string, ...spans: object[]) => ({
  resource: { attributes: attributes({ 'service.name': service }) },
  scopeSpans: [{ spans }],
});

/** Returns OTLP JSON of the service `writer`. */
export const tracesWith = (...spans: object[]) => ({ resourceSpans: [group('writer', ...spans)] });

/** Returns the names of the spans in OTLP JSON. */
export function names(json: unknown): string[] {
  return parseOtlp(json).map(({ name }) => name);
}

/** Parses one span, with default ids unless it has its own. */
export function parseOne(span: object) {
  const [parsed] = parseOtlp(tracesWith({ ...ids, ...span }));
  assert.ok(parsed);
  return parsed;
}
