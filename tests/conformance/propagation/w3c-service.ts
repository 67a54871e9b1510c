import assert from 'node:assert/strict';
import { injectContext } from '@beyond-headers/propagation';
import { trace, type Tracer } from '@opentelemetry/api';
import type { W3cRequest } from './cases/w3c-case.ts';
import type { Arrival } from './hops/hop.ts';

/** Acts as the service that the suite tests: extracts the context that arrived, and makes calls, each with its own span. */
export function callsOf(
  tracer: Tracer,
  arrival: Arrival,
  { calls = 1 }: W3cRequest,
): Record<string, string>[] {
  const incoming = arrival();
  const server = tracer.startSpan('request', {}, incoming);
  const inside = trace.setSpan(incoming, server);
  return Array.from({ length: calls }, () => {
    const client = tracer.startSpan('call', {}, inside);
    return injectContext(trace.setSpan(inside, client), {});
  });
}

/** Asserts what the suite asserts about the calls that the service made. */
export function assertCalls(calls: Record<string, string>[], request: W3cRequest): void {
  const parents = calls.map(({ traceparent = '' }) => parse(traceparent));
  assert.equal(
    new Set(parents.map(({ parentId }) => parentId)).size,
    calls.length,
    'a parent id for each call',
  );
  for (const parent of parents) assertParent(parent, request);
  for (const { tracestate = '' } of calls) assertState(tracestate, request);
}

function parse(traceparent: string) {
  const match = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent);
  assert.ok(match, `expected one valid traceparent, got ${JSON.stringify(traceparent)}`);
  const [, , traceId = '', parentId = '', flags = ''] = match;
  return { traceId, parentId, flags: Number.parseInt(flags, 16) };
}

function assertParent(
  { traceId, parentId, flags }: ReturnType<typeof parse>,
  { lines, trace: expected, random }: W3cRequest,
) {
  const sent = lines.map(([, value]) => value).join();
  assert.equal(sent.includes(traceId) ? 'joined' : 'new', expected);
  assert.ok(!sent.includes(parentId), 'an own parent id');
  if (random) assert.equal(flags & 2, 2, 'the random flag goes on');
}

function assertState(tracestate: string, { state = {}, members, order }: W3cRequest): void {
  const entries = tracestate === '' ? [] : tracestate.split(',').map((member) => member.split(/=(.*)/s));
  const found = new Map(entries.map(([key = '', value = '']) => [key, value]));
  for (const [key, value] of Object.entries(state)) {
    if (value === undefined) assert.ok(!found.has(key), `${key} must not go on`);
    else assert.ok([value].flat().includes(found.get(key) ?? ''), `${key} must go on, got ${found.get(key)}`);
  }
  if (members !== undefined) assert.equal(found.size, members, `members of ${tracestate}`);
  if (order) assert.deepEqual([...found.keys()], order);
}
