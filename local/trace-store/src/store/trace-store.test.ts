import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exportRequest } from '../otlp/schema.ts';
import type { Limits } from './limits.ts';
import { TraceStore } from './trace-store.ts';

function idOf(letter: string): string {
  return letter.repeat(32);
}

/** Returns a store that has received these spans one after the other. Each is given as the letter of its trace and a name. */
function storeOf(limits: Partial<Limits>, ...sent: (readonly [trace: string, name: string])[]) {
  const store = new TraceStore(limits);
  const rejected = sent.map(([trace, name], index) => {
    const span = { traceId: idOf(trace), spanId: `${index + 1}`.padStart(16, '0'), name };
    return store.add(exportRequest.json.parse({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }));
  });
  return { store, rejected };
}

function namesIn(store: TraceStore, trace: string): string[] {
  return (store.get(idOf(trace))?.spans() ?? []).map(({ name }) => name);
}

test('the oldest trace goes when there are too many', () => {
  const { store } = storeOf({ maxTraces: 2 }, ['a', '1'], ['b', '2'], ['c', '3'], ['b', '4']);
  assert.deepEqual([namesIn(store, 'a'), namesIn(store, 'b'), namesIn(store, 'c')], [[], ['2', '4'], ['3']]);
  const { bytes, ...stats } = store.stats();
  assert.ok(bytes > 0);
  assert.deepEqual(stats, { traces: 2, spans: 3, evictedTraces: 1, evictedSpans: 1, rejectedSpans: 0 });
});

test('whole traces go when there are too many spans', () => {
  const { store } = storeOf({ maxSpans: 3 }, ['a', '1'], ['a', '2'], ['b', '3'], ['c', '4'], ['c', '5']);
  assert.deepEqual([namesIn(store, 'a'), namesIn(store, 'b'), namesIn(store, 'c')], [[], ['3'], ['4', '5']]);
  assert.equal(store.stats().evictedSpans, 2);
});

test('traces go when their text gets too long', () => {
  const long = 'x'.repeat(500);
  const { store } = storeOf({ maxBytes: 2_200 }, ['a', `${long}1`], ['b', `${long}2`], ['c', `${long}3`]);
  assert.deepEqual(
    store.newestFirst().map(({ traceId }) => traceId[0]),
    ['c', 'b'],
  );
  assert.ok(store.stats().bytes <= 2_200);
});

test('the text of resources counts too', () => {
  const store = new TraceStore({ maxBytes: 2_200 });
  for (const letter of ['a', 'b', 'c']) {
    const span = { traceId: idOf(letter), spanId: '1'.padStart(16, '0') };
    const attributes = [{ key: 'long', value: { stringValue: 'x'.repeat(1_000) } }];
    const resourceSpans = [{ resource: { attributes }, scopeSpans: [{ spans: [span] }] }];
    store.add(exportRequest.json.parse({ resourceSpans }));
  }
  assert.deepEqual(
    store.newestFirst().map(({ traceId }) => traceId[0]),
    ['c'],
  );
});

test('a resource counts once, however many scopes it has', () => {
  const attributes = [{ key: 'long', value: { stringValue: 'x'.repeat(1_000) } }];
  const store = new TraceStore();
  for (const name of ['http', 'express', 'mongodb']) {
    const span = { traceId: idOf('a'), spanId: '1'.padStart(16, '0') };
    const resourceSpans = [{ resource: { attributes }, scopeSpans: [{ scope: { name }, spans: [span] }] }];
    store.add(exportRequest.json.parse({ resourceSpans }));
  }
  const { bytes } = store.stats();
  assert.ok(bytes > 1_000 && bytes < 3_000, `${bytes} bytes`);
});

test('a trace that fills the store alone stays and grows no more', () => {
  const { store, rejected } = storeOf({ maxSpans: 2 }, ['a', '1'], ['b', '2'], ['b', '3'], ['b', '4']);
  assert.deepEqual([namesIn(store, 'a'), namesIn(store, 'b')], [[], ['2', '3']]);
  assert.deepEqual(rejected.at(-1), { count: 1, reason: `trace ${idOf('b')} alone fills the store` });
  assert.equal(store.stats().rejectedSpans, 1);
});

test('a trace that grows outlives a younger one', () => {
  const { store } = storeOf({ maxSpans: 2 }, ['a', '1'], ['b', '2'], ['a', '3']);
  assert.deepEqual([namesIn(store, 'a'), namesIn(store, 'b')], [['1', '3'], []]);
});

test('an evicted trace that comes again starts from empty', () => {
  const { store } = storeOf({ maxTraces: 1 }, ['a', '1'], ['b', '2'], ['a', '3']);
  assert.deepEqual([namesIn(store, 'a'), namesIn(store, 'b')], [['3'], []]);
});

test('a span without ids is rejected and the others are stored', () => {
  const store = new TraceStore();
  const spans = [
    { name: 'lost' },
    { traceId: idOf('a'), name: 'half' },
    { traceId: idOf('a'), spanId: '1'.padStart(16, '0') },
  ];
  const rejected = store.add(exportRequest.json.parse({ resourceSpans: [{ scopeSpans: [{ spans }] }] }));
  assert.equal(rejected.count, 2);
  assert.match(rejected.reason, /needs a traceId and a spanId/);
  assert.equal(store.stats().spans, 1);
});

test('a span that comes again counts again', () => {
  const { store } = storeOf({ maxSpans: 2 }, ['a', '1'], ['b', '2']);
  const span = { traceId: idOf('b'), spanId: '2'.padStart(16, '0'), name: '2' };
  store.add(exportRequest.json.parse({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }));
  assert.deepEqual([namesIn(store, 'a'), namesIn(store, 'b')], [[], ['2', '2']]);
});
