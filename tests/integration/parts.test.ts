import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { partIds, type OrderDocument, type OrderView, type Problem } from '@beyond-headers/contracts';
import { TRACE_SHAPES, type TraceShape } from '@beyond-headers/propagation';
import { createLogger } from '@beyond-headers/service-kit';
import { assertTree, waitForTrace, type ExpectedSpan, type Span } from '@beyond-headers/traces';
import request from 'supertest';
import { pollerDemo } from '../../services/poller/demo/poller-demo.ts';
import { joinParts } from '../../services/poller/parts/join-parts.ts';
import { requeueDeadLetter } from '../../services/poller/queue/dead-letters.ts';
import { createWriterApp } from '../../services/writer/app.ts';
import { decideOrder } from '../../services/writer/decide-order.ts';
import { traces } from './support/preload.ts';
import { ORDER, startQueueTest, type QueueTest } from './support/queue.ts';

let system: QueueTest;
before(async () => {
  system = await startQueueTest('parts');
});
after(() => system.stop());
afterEach(() => system.clear());

const fulfil = async () => {};

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

const readParts = async (order: OrderDocument): Promise<OrderDocument[]> => {
  const parts = await system.orders.find({ _id: { $in: partIds(order) } }).toArray();
  return parts.toSorted((one, other) => one.part!.index - other.part!.index);
};

const attemptsIn = (spans: Span[]) =>
  spans.filter(({ name }) => name === 'process orders').toSorted((a, b) => Number(a.startNs - b.startNs));
const byName = (spans: Span[], name: string) => spans.find((span) => span.name === name);
const linksOf = (span: Span | undefined) => span?.links.map(({ spanId }) => spanId);
const lastSpanOf = ({ part: { lastSpan } = { of: '', index: 0, count: 0 } }: OrderDocument) =>
  lastSpan?.['traceparent']?.split('-')[2];

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
    const parts = await readParts(order);
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

async function assertLinkedParts(order: OrderDocument): Promise<Span[]> {
  const root = attempt({ links: 1, attributes: { 'demo.outcome': 'fulfilled' }, children: [SETTLE] });
  const found: Span[] = [];
  for (const { traceIds, _id } of await readParts(order)) {
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
  const sent = byName(spans, 'split orders')!;
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
  assert.equal(byName(spans, 'split orders')?.attributes['messaging.message.id'], partIds(order)[0]);
});

test('a part that is retried is linked by its last attempt', async () => {
  system.poller(async (order) => {
    if (order.part?.index === 1 && order.attempts === 1) throw new Error('out of tea');
  });
  const { _id, traceIds } = await system.place({ parts: 2 });
  const order = await system.reaches(_id, 'fulfilled');
  const spans = await waitForTrace(traces.queryUrl, traceIds[0]!, (found) =>
    assert.equal(attemptsIn(found).length, 5),
  );
  const attempts = attemptsIn(spans);
  const retried = attempts.find((span) => span.attributes['demo.attempt'] === 2)!;
  assert.ok(linksOf(attempts.at(-1))?.includes(retried.spanId));
  assert.deepEqual(linksOf(attempts.at(-1)), (await readParts(order)).map(lastSpanOf));
});

test('a part that fails makes a dead letter of its order, and both can be requeued', async () => {
  let isBroken = true;
  let runs = 0;
  system.poller(async ({ part: ofOrder }) => {
    if (!ofOrder) runs++;
    if (ofOrder?.index === 1 && isBroken) throw new Error('out of tea');
  });
  const { _id, traceIds } = await system.place({ parts: 3 });
  const failed = await system.reaches(_id, 'steps-failed');
  const [, second] = partIds(failed);
  assert.match(failed.error ?? '', new RegExp(`^1 of 3 parts were not fulfilled: ${second}`));
  assert.deepEqual([runs, failed.attempts, failed.history?.at(-1)?.outcome], [0, 1, 'dead letter']);
  const spans = await waitForTrace(traces.queryUrl, traceIds[0]!, (found) =>
    assert.equal(attemptsIn(found).at(-1)?.attributes['demo.outcome'], 'dead letter'),
  );
  const parts = await readParts(failed);
  assert.deepEqual(linksOf(attemptsIn(spans).at(-1)), parts.map(lastSpanOf), 'of the failed part too');

  isBroken = false;
  await requeueDeadLetter(system.orders, second!);
  await system.reaches(second!, 'fulfilled');
  await requeueDeadLetter(system.orders, _id);
  await system.reaches(_id, 'fulfilled');
  assert.equal(runs, 1);
  assert.equal(await system.orders.countDocuments(), 4);
});

test('a part that was deleted does not let its order wait for ever', async () => {
  system.poller(async ({ part: ofOrder }) => {
    if (ofOrder) throw new Error('out of tea');
  });
  const { _id } = await system.place({ parts: 2 });
  const order = await system.reaches(_id, 'steps-failed');
  await system.orders.deleteMany({ _id: { $in: partIds(order) } });
  await requeueDeadLetter(system.orders, _id);
  const again = await system.reaches(_id, 'steps-failed');
  assert.deepEqual(again.pause?.failedParts, partIds(order));
});

test('a part that is requeued meanwhile is waited for', async () => {
  const poller = system.poller(async ({ part: ofOrder }) => {
    if (ofOrder) throw new Error('out of tea');
  });
  const { _id } = await system.place({ parts: 1 });
  const order = await system.reaches(_id, 'steps-failed');
  await poller.stop();
  await system.orders.updateOne({ _id }, { $set: { status: 'waiting' } });
  const [part = ''] = partIds(order);
  // Requeues the part between joinParts' query for an unfinished part and its query for the outcomes.
  const meanwhile: typeof system.orders = new Proxy(system.orders, {
    get: (orders, name) => {
      const value: unknown = Reflect.get(orders, name, orders);
      if (name !== 'findOne') return typeof value === 'function' ? value.bind(orders) : value;
      return async (...args: Parameters<typeof orders.findOne>) => {
        const found = await orders.findOne(...args);
        if (!found) await requeueDeadLetter(orders, part);
        return found;
      };
    },
  });
  assert.equal(await joinParts(meanwhile, _id), false);
  assert.equal((await system.orders.findOne({ _id }))?.status, 'waiting');
});

test('of twenty that let an order go on one does', async () => {
  const poller = system.poller(fulfil, { concurrency: 1 });
  const { _id } = await system.place({ parts: 2 });
  await system.reaches(_id, 'fulfilled');
  await poller.stop();
  await system.orders.updateOne({ _id }, { $set: { status: 'waiting' }, $unset: { 'pause.until': '' } });
  const joined = await Promise.all(Array.from({ length: 20 }, () => joinParts(system.orders, _id)));
  assert.equal(joined.filter(Boolean).length, 1);
});

test('an order whose last part was ended by another program goes on', async () => {
  system.poller(async ({ part: ofOrder }, { signal }) => {
    if (ofOrder) await new Promise((_resolve, reject) => signal.addEventListener('abort', reject));
  });
  const { _id } = await system.place({ parts: 2 });
  const order = await system.reaches(_id, 'waiting');
  // Simulates another program that cancels the parts without an update of the waiting order.
  await system.orders.updateMany(
    { _id: { $in: partIds(order) } },
    { $set: { status: 'cancelled' }, $unset: { lease: '' } },
  );
  const failed = await system.reaches(_id, 'steps-failed');
  assert.deepEqual(failed.pause?.failedParts, partIds(order));
});

test('a program that knows no steps claims neither an order with parts nor a part', async () => {
  const claimable = { status: { $in: ['pending', 'processing', 'failed'] as OrderDocument['status'][] } };
  const { _id } = await system.place({ parts: 2 });
  assert.equal(await system.orders.countDocuments(claimable), 0, 'placed');
  const poller = system.poller(async ({ part: ofOrder }) => {
    if (ofOrder) throw new Error('out of tea');
    throw new Error('must not run');
  });
  await system.reaches(_id, 'waiting');
  assert.equal(await system.orders.countDocuments(claimable), 0, 'waiting');
  await system.reaches(_id, 'steps-failed');
  assert.equal(await system.orders.countDocuments(claimable), 0, 'failed');
  await poller.stop();
});

test('the baggage of the order goes to its parts, and comes back from none', async () => {
  system.poller(fulfil);
  const { _id } = await system.place({ parts: 2 });
  const order = await system.reaches(_id, 'fulfilled');
  const parts = await readParts(order);
  assert.deepEqual(
    parts.map(({ context }) => context?.['baggage']),
    ['demo.customer.tier=standard', 'demo.customer.tier=standard'],
  );
  assert.equal(order.pause?.context?.['baggage'], 'demo.customer.tier=standard');
  assert.deepEqual(order.pause?.causes?.map(Object.keys), [['traceparent'], ['traceparent']]);
});

test('an order that is approved and has parts waits for one after the other', async () => {
  system.poller(fulfil);
  const { _id } = await system.place({ approval: true, parts: 2 });
  await system.reaches(_id, 'held');
  assert.equal(await system.orders.countDocuments(), 1, 'no part is made before it is approved');
  await decideOrder(system.orders, _id, { decision: 'approve' });
  const { history } = await system.reaches(_id, 'fulfilled');
  assert.deepEqual(
    history?.map(({ outcome }) => outcome),
    ['held', 'waiting'],
  );
  assert.equal(await system.orders.countDocuments(), 3);
});

test('a batch that ends parts lets their order go on', async () => {
  system.poller(fulfil, { batchSize: 4 });
  const { _id } = await system.place({ parts: 3 });
  const order = await system.reaches(_id, 'fulfilled');
  assert.equal(order.pause?.causes?.length, 3);
  assert.deepEqual(order.pause?.failedParts, []);
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

test('the API shows the parts of an order and the order of a part', async () => {
  const logger = createLogger('test', 'silent');
  const writer = createWriterApp({
    orders: system.orders,
    tracesUrl: 'http://traces',
    logger,
    ping: async () => {},
  });
  system.poller(fulfil);
  const { body: sent } = await request(writer)
    .post('/orders')
    .send({ ...ORDER, parts: 2 })
    .expect(202);
  const { orderId } = sent as OrderView;
  await system.reaches(orderId, 'fulfilled');
  const { body } = await request(writer).get(`/orders/${orderId}`).expect(200);
  const view = body as OrderView;
  assert.equal(view.parts?.length, 2);
  assert.equal(view.pause?.reason, 'parts');
  const shown = await request(writer).get(`/orders/${view.parts?.[0]}`).expect(200);
  assert.equal((shown.body as OrderView).partOf, orderId);
  for (const parts of [0, 51, 1.5, '2', -1, null]) {
    const answer = await request(writer)
      .post('/orders')
      .send({ ...ORDER, parts })
      .expect(400);
    assert.match(JSON.stringify(answer.body as Problem), /parts/);
  }
});

test('every shape is tested', () => {
  const tested: TraceShape[] = ['parent', 'link', 'parent+link'];
  assert.deepEqual(TRACE_SHAPES, tested);
});
