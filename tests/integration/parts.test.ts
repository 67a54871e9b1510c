import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { partIds, type OrderDocument } from '@beyond-headers/contracts';
import { TRACE_SHAPES, type TraceShape } from '@beyond-headers/propagation';
import { assertTree, waitForTrace, type ExpectedSpan, type Span } from '@beyond-headers/traces';
import { pollerDemo } from '../../services/poller/demo/poller-demo.ts';
import { attemptsIn, linksOf } from '../support/order-spans.ts';
import { lastSpanOf, readParts } from './support/order-parts.ts';
import { readAttempts } from './support/read-spans.ts';
import { traces } from './support/preload.ts';
import { fulfil, startQueueTest } from './support/queue.ts';

const system = await startQueueTest('parts');
after(() => system.stop());
afterEach(() => system.clear());

const WAIT: ExpectedSpan = { name: 'wait orders', kind: 'INTERNAL' };
const SETTLE: ExpectedSpan = { name: 'settle orders', kind: 'CLIENT' };

const attempt = (more: Partial<ExpectedSpan>): ExpectedSpan => ({
  name: 'process orders',
  kind: 'CONSUMER',
  ...more,
});

/** The span that writes the parts, with the spans below it. */
const split = (parts: number, ...children: ExpectedSpan[]): ExpectedSpan => ({
  name: 'split orders',
  kind: 'PRODUCER',
  ...(parts > 1 && { attributes: { 'messaging.batch.message_count': parts } }),
  children: ['* CLIENT update orders', { ...WAIT, count: parts }, ...children],
});

const part = (count: number, links: number): ExpectedSpan =>
  attempt({ count, links, attributes: { 'demo.outcome': 'fulfilled' }, children: [SETTLE] });

const LEDGER = '* CLIENT update orders';

const placed = (...children: ExpectedSpan[]): ExpectedSpan => ({
  name: 'place',
  children: [
    { name: 'send orders', children: ['* CLIENT update orders', WAIT, ...children] },
    '* CLIENT find orders',
  ],
});

const stopped = (links: number, ...children: ExpectedSpan[]): ExpectedSpan =>
  attempt({
    links,
    attributes: { 'demo.outcome': 'waiting', 'demo.pause.reason': null },
    children: [LEDGER, SETTLE, WAIT, ...children],
  });

const wentOn = (links: number): ExpectedSpan =>
  attempt({
    links,
    attributes: { 'demo.outcome': 'fulfilled', 'demo.pause.reason': 'parts', 'demo.part.of': null },
    children: [SETTLE],
  });

const read = (traceId: string, expected: ExpectedSpan) =>
  waitForTrace(traces.queryUrl, traceId, (spans) => assertTree(spans, expected, { extra: 'forbid' }));

for (const [shape, ofFirst, ofPart, ofLast] of [
  ['parent', 0, 0, 3],
  ['parent+link', 1, 1, 4],
] as const) {
  test(`three parts in the shape ${shape} are one trace`, async () => {
    system.poller(fulfil, { shapeOf: () => shape });
    const { _id, traceIds } = await system.place({ parts: 3 });
    const order = await system.reaches(_id, 'fulfilled');
    const spans = await read(
      traceIds[0]!,
      placed(stopped(ofFirst, split(3, part(3, ofPart)), wentOn(ofLast))),
    );
    const parts = await readParts(system, order);
    const attempts = attemptsIn(spans);
    const [first, last] = [attempts[0]!, attempts.at(-1)!];
    assert.equal(last.parentSpanId, first.spanId, 'it goes on from where it stopped');
    const ofParts = attempts.filter((span) => span.attributes['demo.part.of'] === _id);
    assert.deepEqual(
      new Set(ofParts.map(({ spanId }) => spanId)),
      new Set(parts.map(lastSpanOf)),
      'each part has its last span',
    );
    const linked = shape === 'parent' ? [] : [first.spanId];
    assert.deepEqual(linksOf(last), [...linked, ...parts.map(lastSpanOf)]);
    assert.deepEqual(order.traceIds, traceIds);
  });
}

const splitOf = (spans: Span[]) => spans.find(({ name }) => name === 'split orders');

async function assertLinkedParts(order: OrderDocument): Promise<Span[]> {
  const root = attempt({ links: 1, attributes: { 'demo.outcome': 'fulfilled' }, children: [SETTLE] });
  const found: Span[] = [];
  for (const { traceIds, _id } of await readParts(system, order)) {
    assert.equal(traceIds.length, 2);
    const [span] = attemptsIn(await read(traceIds[1]!, root));
    assert.equal(span?.attributes['demo.order.id'], _id);
    found.push(span);
  }
  assert.equal(new Set(found.map(({ traceId }) => traceId)).size, found.length, 'a trace for each part');
  return found;
}

test('three parts in the shape link are a trace for each, and one for each segment', async () => {
  system.poller(fulfil, { shapeOf: () => 'link' });
  const { _id } = await system.place({ parts: 3 });
  const order = await system.reaches(_id, 'fulfilled');
  const [sentIn = '', stoppedIn = '', wentOnIn = ''] = order.traceIds;
  assert.equal(order.traceIds.length, 3);
  await read(sentIn, placed());
  const spans = await read(stoppedIn, stopped(1, split(3)));
  const parts = await assertLinkedParts(order);
  const sent = splitOf(spans)!;
  assert.deepEqual(parts.map(linksOf), [[sent.spanId], [sent.spanId], [sent.spanId]]);
  const [last] = attemptsIn(await read(wentOnIn, wentOn(4)));
  assert.deepEqual(linksOf(last), [attemptsIn(spans)[0]!.spanId, ...parts.map(({ spanId }) => spanId)]);
});

test('more parts than the limit of fan-out have traces of their own', async () => {
  system.poller(fulfil, { traceMaxFanOut: 2 });
  const { _id, traceIds } = await system.place({ parts: 3 });
  const order = await system.reaches(_id, 'fulfilled');
  const spans = await read(traceIds[0]!, placed(stopped(0, split(3), wentOn(3))));
  const parts = await assertLinkedParts(order);
  assert.deepEqual(
    parts.map((span) => span.attributes['demo.trace.limit']),
    ['fan-out', 'fan-out', 'fan-out'],
  );
  assert.deepEqual(
    linksOf(attemptsIn(spans).at(-1)),
    parts.map(({ spanId }) => spanId),
  );
});

test('as many parts as the limit of fan-out are in one trace', async () => {
  system.poller(fulfil, { traceMaxFanOut: 3 });
  const { _id, traceIds } = await system.place({ parts: 3 });
  await system.reaches(_id, 'fulfilled');
  await read(traceIds[0]!, placed(stopped(0, split(3, part(3, 0)), wentOn(3))));
});

test('an order of one part waits for it', async () => {
  system.poller(fulfil);
  const { _id, traceIds } = await system.place({ parts: 1 });
  const order = await system.reaches(_id, 'fulfilled');
  const spans = await read(traceIds[0]!, placed(stopped(0, split(1, part(1, 0)), wentOn(1))));
  assert.equal(splitOf(spans)?.attributes['messaging.message.id'], partIds(order)[0]);
});

test('a part that is retried is linked by its last attempt', async () => {
  system.poller(async (order) => {
    if (order.part?.index === 1 && order.attempts === 1) throw new Error('out of tea');
  });
  const { _id, traceIds } = await system.place({ parts: 2 });
  const order = await system.reaches(_id, 'fulfilled');
  const attempts = await readAttempts(traceIds[0]!, 5);
  const retried = attempts.find((span) => span.attributes['demo.attempt'] === 2)!;
  assert.ok(linksOf(attempts.at(-1))?.includes(retried.spanId));
  assert.deepEqual(linksOf(attempts.at(-1)), (await readParts(system, order)).map(lastSpanOf));
});

test('an order in the context of its last part is what the demo breaks', async () => {
  const { shapeOf, finishJoin } = pollerDemo('http://127.0.0.1:9');
  const { _id, traceIds } = await system.place({ parts: 1 });
  await system.orders.updateOne({ _id }, { $set: { demo: { join: 'part' } } });
  system.poller(fulfil, { shapeOf, finishJoin });
  await system.reaches(_id, 'fulfilled');
  const lost = attempt({ links: 1, attributes: { 'demo.pause.reason': 'parts' }, children: [SETTLE] });
  const leaking = attempt({ children: [SETTLE, WAIT, lost] });
  const stop = attempt({ children: [LEDGER, SETTLE, split(1, leaking)] });
  await read(traceIds[0]!, placed(stop));
});

test('every shape is tested', () => {
  const tested: TraceShape[] = ['parent', 'link', 'parent+link'];
  assert.deepEqual(TRACE_SHAPES, tested);
});
