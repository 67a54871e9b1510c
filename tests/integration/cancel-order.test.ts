import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { goOn, type OrderDocument, type Problem, type StoredStatus } from '@beyond-headers/contracts';
import { trace } from '@opentelemetry/api';
import request from 'supertest';
import { claim } from '../../services/poller/queue/claim.ts';
import { settleOrder } from '../../services/poller/queue/settle.ts';
import { cancelOrder } from '../../services/writer/cancel-order.ts';
import { until } from '../support/until.ts';
import { linksOf, spanIdOf } from '../support/order-spans.ts';
import { readSpan } from './support/read-spans.ts';
import { startQueueTest } from './support/queue.ts';

const system = await startQueueTest('cancel_order');
const writer = system.writer();
after(() => system.stop());
afterEach(() => system.clear());

const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();
const cancel = (id: string) => request(writer).delete(`/orders/${id}`);
const read = (_id: string) => system.orders.findOne({ _id });
const setStatus = (_id: string, status: StoredStatus) =>
  system.orders.updateOne({ _id }, { $set: { status } });

async function hold(): Promise<OrderDocument> {
  await system.place({ approval: true });
  const [order] = await claim(system.queue(), 1);
  await settleOrder(
    system.queue(),
    order!,
    { outcome: 'held' },
    trace.getTracer('test').startSpan('segment'),
  );
  return order!;
}

test('an order for tomorrow is stopped, and shows it', async () => {
  const { _id } = await system.place({ availableAt: TOMORROW });
  const before = await request(writer).get(`/orders/${_id}`).expect(200);
  assert.deepEqual([before.body.status, before.body.availableAt], ['pending', TOMORROW]);
  await cancel(_id).expect(204);
  const after = await request(writer).get(`/orders/${_id}`).expect(200);
  assert.deepEqual([after.body.status, after.body.availableAt], ['cancelled', undefined]);
});

test('a recurring order is stopped between two runs', async () => {
  const { _id } = await system.place({ every: { seconds: 3_600, times: 5 } });
  system.poller(async () => {});
  await until(
    () => read(_id),
    (order) => order?.runs,
  );
  await cancel(_id).expect(204);
  const { body } = await request(writer).get(`/orders/${_id}`).expect(200);
  assert.deepEqual([body.status, body.every], ['cancelled', { seconds: 3_600, times: 5 }]);
});

test('a held order is stopped, and no approval lets it go on', async () => {
  const { _id } = await hold();
  await cancel(_id).expect(204);
  const { pause, availableAt } = (await read(_id))!;
  assert.deepEqual(pause?.until, availableAt);
  const approval = { $set: goOn({ context: undefined, traceId: undefined }) };
  const { matchedCount } = await system.orders.updateOne({ _id, status: 'held' }, [approval]);
  assert.equal(matchedCount, 0);
});

test('an order that waits for its parts is stopped', async () => {
  const { _id } = await system.place();
  await setStatus(_id, 'waiting');
  await cancel(_id).expect(204);
});

test('to cancel again changes nothing', async () => {
  const { _id } = await system.place({ availableAt: TOMORROW });
  await cancel(_id).expect(204);
  const cancelled = await read(_id);
  await cancel(_id).expect(204);
  assert.deepEqual(await read(_id), cancelled);
});

for (const every of [undefined, { seconds: 3_600, times: 5 }]) {
  test(`${every ? 'a run' : 'an order'} that is being worked on is not stopped`, async () => {
    const { _id } = await system.place({ ...(every && { every }) });
    await claim(system.queue(), 1);
    const before = await read(_id);
    assertProblem(await cancel(_id).expect(409), 409, /is being processed/);
    assert.deepEqual(await read(_id), before);
  });
}

test('an order that was worked on meanwhile is not said to wait', async () => {
  const { _id } = await system.place();
  const { orders } = system;
  const meanwhile = new Proxy(orders, {
    get: (_orders, name) => {
      const value: unknown = Reflect.get(orders, name, orders);
      if (name !== 'updateOne') return typeof value === 'function' ? value.bind(orders) : value;
      return async (...change: Parameters<typeof orders.updateOne>) => {
        await setStatus(_id, 'processing');
        const result = await orders.updateOne(...change);
        await setStatus(_id, 'pending');
        return result;
      };
    },
  });
  assert.equal(await cancelOrder(meanwhile, _id), 'processing');
  assert.equal((await read(_id))?.status, 'pending');
});

for (const status of ['fulfilled', 'failed', 'steps-failed', 'rejected'] as const) {
  test(`an order that is over is not stopped: ${status}`, async () => {
    const { _id } = await system.place();
    await setStatus(_id, status);
    const before = await read(_id);
    assertProblem(await cancel(_id).expect(409), 409, /can't be stopped/);
    assert.deepEqual(await read(_id), before);
  });
}

for (const id of ['6740e1c2a5f3b1d2c3e4f506', 'nonsense', '%7B%24gt%3A1%7D']) {
  test(`there is no order ${id} to stop`, async () => {
    assertProblem(await cancel(id).expect(404), 404, /no order with this id/);
  });
}

test('either the cancellation or the claim has the order', async () => {
  for (let round = 0; round < 20; round++) {
    const { _id } = await system.place();
    const [answer, claimed] = await Promise.all([cancel(_id), claim(system.queue(), 1)]);
    assert.deepEqual([answer.status, claimed.length], answer.status === 204 ? [204, 0] : [409, 1]);
    await system.orders.deleteMany({});
  }
});

test('the cancellation links to where the order came from', async () => {
  const { _id, context } = await hold();
  const { pause } = (await read(_id))!;
  const { headers } = await cancel(_id).expect(204);
  const cancellation = await readSpan(String(headers['x-trace-id']), 'cancel orders');
  assert.deepEqual(linksOf(cancellation), [context, pause?.context].map(spanIdOf));
  assert.equal((await read(_id))?.traceIds.at(-1), headers['x-trace-id']);
});

const ITEMS = [{ sku: 'tea', quantity: 1, unitPriceCents: 250 }];
const REFUSED: Array<[what: string, path: string, body: object]> = [
  ['a time without a zone', 'availableAt', { availableAt: '2026-01-31T12:00:00' }],
  ['no time', 'availableAt', { availableAt: 'tomorrow' }],
  ['a time in two years', 'availableAt', { availableAt: new Date(Date.now() + 6.4e10).toISOString() }],
  ['no interval', 'every.seconds', { every: { seconds: 0, times: 2 } }],
  ['an interval of years', 'every.seconds', { every: { seconds: 1e8, times: 2 } }],
  ['endless runs', 'every.times', { every: { seconds: 60, times: 1_001 } }],
  ['an interval alone', 'every.times', { every: { seconds: 60 } }],
  ['a report in each run', 'report', { every: { seconds: 60, times: 2 }, report: true }],
  ['parts in each run', 'parts', { every: { seconds: 60, times: 2 }, parts: 2 }],
];

for (const [what, path, body] of REFUSED) {
  test(`no schedule with ${what}`, async () => {
    const order = { customer: 'ada', items: ITEMS, ...body };
    const response = await request(writer).post('/orders').send(order).expect(400);
    assert.deepEqual(
      (response.body as Problem).errors?.map((error) => error.path),
      [path],
    );
    assert.equal(await system.orders.countDocuments(), 0);
  });
}

const post = (body: object) => request(writer).post('/orders').set('idempotency-key', 'once').send(body);

test('a repeated request for a schedule is the same order', async () => {
  const order = { customer: 'ada', items: ITEMS, availableAt: TOMORROW, every: { seconds: 60, times: 2 } };
  const first = await post(order).expect(202);
  const again = await post(order).expect(202);
  assert.equal(again.body.orderId, first.body.orderId);
  await post({ ...order, every: { seconds: 61, times: 2 } }).expect(422);
});

function assertProblem(response: request.Response, status: number, detail: RegExp): void {
  assert.equal(response.type, 'application/problem+json');
  const problem = JSON.parse(response.text) as Problem;
  assert.equal(problem.status, status);
  assert.match(problem.detail ?? '', detail);
}
