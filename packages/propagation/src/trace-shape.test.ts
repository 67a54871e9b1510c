import assert from 'node:assert/strict';
import { test } from 'node:test';
import { propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { exampleContext, SPAN_ID, TRACE_ID } from './testing/propagators.ts';
import { startFrom, TRACE_SHAPES } from './trace-shape.ts';

const carried = exampleContext();
const previousAttempt = { traceId: TRACE_ID, spanId: 'aaaaaaaaaaaaaaaa', traceFlags: 1 };

test('parent makes a child without links', () => {
  assert.deepEqual(startFrom({ shape: 'parent', carried }), { context: carried, links: [], root: false });
});

test('link starts a new trace that links', () => {
  const start = startFrom({ shape: 'link', carried, attributes: { 'messaging.message.id': '7' } });
  assert.equal(start.root, true);
  assert.equal(trace.getSpan(start.context), undefined);
  assert.equal(start.links[0]?.context.spanId, SPAN_ID);
  assert.deepEqual(start.links[0]?.attributes, { 'messaging.message.id': '7' });
});

test('parent with link is a child that links', () => {
  const start = startFrom({ shape: 'parent+link', carried });
  assert.equal(start.root, false);
  assert.equal(start.context, carried);
  assert.equal(start.links[0]?.context.spanId, SPAN_ID);
});

test('each shape links the attempt before', () => {
  for (const shape of ['parent', 'link', 'parent+link'] as const) {
    const { links } = startFrom({ shape, carried, previousAttempt, previousAttemptAttributes: { n: 1 } });
    assert.deepEqual(links.at(-1), { context: previousAttempt, attributes: { n: 1 } });
  }
});

test('never links to an invalid span context', () => {
  const invalid = { traceId: '0'.repeat(32), spanId: SPAN_ID, traceFlags: 1 };
  const start = startFrom({ shape: 'parent+link', carried: ROOT_CONTEXT, previousAttempt: invalid });
  assert.deepEqual(start.links, []);
});

test('a new trace keeps the baggage of the work', () => {
  const baggage = propagation.createBaggage({ tier: { value: 'gold' } });
  const start = startFrom({ shape: 'link', carried: propagation.setBaggage(carried, baggage) });
  assert.equal(propagation.getBaggage(start.context)?.getEntry('tier')?.value, 'gold');
});

test('work that is too old starts a linked trace', () => {
  const old = { shape: 'parent', carried, ageMs: 1000, maxAgeMs: 1000 } as const;
  assert.deepEqual(
    [startFrom(old).root, startFrom(old).limit, startFrom(old).links.length],
    [true, 'age', 1],
  );
  assert.equal(startFrom({ ...old, ageMs: 999 }).root, false);
});

test('too many attempts start a linked trace', () => {
  const late = { shape: 'parent+link', carried, attempt: 4, maxAttempts: 3 } as const;
  assert.deepEqual([startFrom(late).root, startFrom(late).limit], [true, 'attempts']);
  assert.equal(startFrom({ ...late, attempt: 3 }).limit, undefined);
});

test('too many children start linked traces', () => {
  const many = { shape: 'parent', carried, fanOut: 101, maxFanOut: 100 } as const;
  assert.deepEqual([startFrom(many).root, startFrom(many).limit], [true, 'fan-out']);
  assert.equal(startFrom({ ...many, fanOut: 100 }).limit, undefined);
});

test('limits are off unless both numbers are given', () => {
  const start = startFrom({ shape: 'parent', carried, ageMs: 1e9, attempt: 99, fanOut: 1e6 });
  assert.deepEqual([start.root, start.limit], [false, undefined]);
});

test('all shapes are there to check against', () => {
  assert.deepEqual(TRACE_SHAPES, ['parent', 'link', 'parent+link']);
});

test('a limit that is null is not set', () => {
  const limits = { ageMs: 5, maxAgeMs: null, attempt: 9, maxAttempts: null, fanOut: 9, maxFanOut: null };
  assert.equal(
    startFrom({ shape: 'parent', carried: exampleContext(), ...(limits as object) }).limit,
    undefined,
  );
});

test('what comes from the future is new', () => {
  const start = { shape: 'parent', carried: exampleContext(), ageMs: -5_000 } as const;
  assert.equal(startFrom({ ...start, maxAgeMs: 0 }).limit, 'age');
  assert.equal(startFrom({ ...start, maxAgeMs: 1 }).limit, undefined);
});

test('numbers count in the types of database clients', () => {
  const start = { shape: 'parent', carried: exampleContext() } as const;
  for (const typed of [BigInt, String] as unknown as Array<(value: number) => number>) {
    assert.equal(startFrom({ ...start, ageMs: typed(5), maxAgeMs: typed(5) }).limit, 'age');
    assert.equal(startFrom({ ...start, attempt: typed(10), maxAttempts: typed(9) }).limit, 'attempts');
    assert.equal(startFrom({ ...start, fanOut: typed(10), maxFanOut: typed(9) }).limit, 'fan-out');
    assert.equal(startFrom({ ...start, ageMs: typed(4), maxAgeMs: typed(5) }).limit, undefined);
  }
});
