import assert from 'node:assert/strict';
import { parseOtlp } from '../read/otlp.ts';

export const ids = { traceId: '0AF7651916CD43DD8448EB211C80319C', spanId: 'B7AD6B7169203331' };
export const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'writer' } }] };

/** Returns OTLP JSON of one service with these spans. */
export function tracesWith(...spans: object[]) {
  return { resourceSpans: [{ resource, scopeSpans: [{ spans }] }] };
}

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
