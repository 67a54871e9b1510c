import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Problem } from '@beyond-headers/contracts';
import { startMongod } from '@beyond-headers/local-mongod';
import request from 'supertest';
import { writerDemo } from '../../services/writer/demo/writer-demo.ts';
import { until } from '../support/until.ts';
import { startOrders } from './support/orders.ts';
import './support/preload.ts';

const mongod = await startMongod();
const system = await startOrders('writer_endpoint', mongod);
const writer = system.writer(writerDemo(system.orders));
after(() => system.stop());

const item = { sku: 'tea', quantity: 1, unitPriceCents: 250 };
const order = { customer: 'ada', items: [item] };

const REFUSED: Array<[what: string, status: number, body: string | object]> = [
  ['no JSON', 400, '{"customer":'],
  ['JSON that is not an object', 400, '[]'],
  ['empty body', 400, {}],
  ['unknown field', 400, { ...order, admin: true }],
  ['unknown field in an item', 400, { ...order, items: [{ ...item, discount: 1 }] }],
  ['wrong type', 400, { ...order, customer: 42 }],
  ['$ operator as value', 400, { ...order, customer: { $gt: '' } }],
  ['$ operator as field', 400, { ...order, $where: 'true' }],
  [
    '__proto__ as field',
    400,
    '{"customer":"ada","items":[{"sku":"a","quantity":1,"unitPriceCents":1}],"__proto__":{"x":1}}',
  ],
  ['51 items', 400, { ...order, items: Array.from({ length: 51 }, () => item) }],
  ['no items', 400, { ...order, items: [] }],
  ['negative quantity', 400, { ...order, items: [{ ...item, quantity: -1 }] }],
  ['fraction of a cent', 400, { ...order, items: [{ ...item, unitPriceCents: 0.5 }] }],
  ['unknown shape', 400, { ...order, demo: { shape: 'circle' } }],
  ['deep nesting', 400, `{"customer":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
  ['half of a surrogate pair', 400, { ...order, customer: 'a\ud800' }],
  ['over 64 KiB', 413, { ...order, customer: 'x'.repeat(70_000) }],
];

for (const [what, status, body] of REFUSED) {
  test(`refuses ${what} and writes nothing`, async () => {
    const before = await countOrders();
    const response = await request(writer).post('/orders').type('application/json').send(body).expect(status);
    assertProblem(response, status);
    assert.equal(await countOrders(), before);
  });
}

test('a request with many faults gets a short answer', async () => {
  const orders = Array.from({ length: 100 }, () => ({ items: Array.from({ length: 50 }, () => ({})) }));
  const response = await request(writer).post('/orders/batch').send({ orders }).expect(400);
  assert.equal((response.body as Problem).errors?.length, 50);
  assert.match((response.body as Problem).detail ?? '', /15050 more are left out/);
  assert.ok(response.text.length < 10_000, `${response.text.length} characters`);
});

test('a request with many unknown fields gets a short answer', async () => {
  const unknown = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`field${index}`, 1]));
  const { text } = await request(writer)
    .post('/orders')
    .send({ ...order, ...unknown })
    .expect(400);
  assert.ok(text.length < 2_000, `${text.length} characters`);
});

for (const [method, path, allow] of [
  ['put', '/orders', 'POST, GET, HEAD, OPTIONS'],
  ['delete', '/orders/', 'POST, GET, HEAD, OPTIONS'],
  ['patch', `/orders/${'0'.repeat(24)}`, 'GET, HEAD, DELETE, OPTIONS'],
  ['get', `/orders/${'0'.repeat(24)}/approval`, 'POST, OPTIONS'],
  ['post', `/orders/${'0'.repeat(24)}/carrier`, 'GET, HEAD, OPTIONS'],
  ['post', '/openapi.json', 'GET, HEAD, OPTIONS'],
  ['post', '/livez', 'GET, HEAD, OPTIONS'],
] as const) {
  test(`${method} is not a method of ${path}, and OPTIONS says which are`, async () => {
    const response = await request(writer)[method](path).expect(405);
    assert.deepEqual([response.type, response.headers['allow']], ['application/problem+json', allow]);
    const options = await request(writer).options(path).expect(204);
    assert.deepEqual([options.text, options.headers['allow']], ['', allow]);
  });
}

test('refuses another content type', async () => {
  const response = await request(writer)
    .post('/orders')
    .type('text/plain')
    .send(JSON.stringify(order))
    .expect(415);
  assertProblem(response, 415);
});

test('names each wrong field', async () => {
  const { body } = await request(writer)
    .post('/orders')
    .send({ ...order, items: [{ ...item, quantity: 0 }] })
    .expect(400);
  assert.deepEqual(
    (body as Problem).errors?.map(({ path }) => path),
    ['items.0.quantity'],
  );
});

for (const id of ['6740e1c2a5f3b1d2c3e4f506', 'nonsense', '%00', '%7B%24gt%3A1%7D']) {
  test(`answers 404 to the unknown id ${id}`, async () => {
    assertProblem(await request(writer).get(`/orders/${id}`).expect(404), 404);
  });
}

for (const query of [
  'limit=0',
  'limit=101',
  'limit=x',
  'limit=0x10',
  'limit=1e1',
  'limit=%205',
  'status=lost',
  'after=nonsense',
  'status[$ne]=failed',
  'unknown=1',
]) {
  test(`refuses the query ${query}`, async () => {
    assertProblem(await request(writer).get(`/orders?${query}`).expect(400), 400);
  });
}

test('lists orders page by page, newest first', async () => {
  const placed: string[] = [];
  for (const customer of ['a', 'b', 'c']) {
    const { body } = await request(writer)
      .post('/orders')
      .send({ ...order, customer })
      .expect(202);
    placed.unshift((body as { orderId: string }).orderId);
  }
  const first = await request(writer).get('/orders?limit=2&status=pending').expect(200);
  const second = await request(writer).get(`/orders?limit=1&after=${first.body.next}`).expect(200);
  const ids = [...first.body.orders, ...second.body.orders].map(({ orderId }) => orderId);
  assert.deepEqual(ids, placed);
});

test('shows an order without carrier, lease and ledger', async () => {
  const placed = await request(writer).post('/orders').send(order).expect(202);
  const { body } = await request(writer).get(placed.body.links.self).expect(200);
  assert.deepEqual(Object.keys(body).toSorted(), [
    'attempts',
    'createdAt',
    'customer',
    'items',
    'orderId',
    'report',
    'status',
    'traceIds',
  ]);
});

test('with demo controls, shows the stored document without its lease', async () => {
  const placed = await request(writer).post('/orders').send(order).expect(202);
  const now = new Date();
  const lease = { token: 'secret', owner: 'a', availableSince: now, claimedAt: now, until: now };
  await system.orders.updateOne({ _id: placed.body.orderId }, { $set: { lease } });
  const { body } = await request(writer).get(`${placed.body.links.self}/carrier`).expect(200);
  const { _id, customer, items } = (await system.orders.findOne({ _id: placed.body.orderId }))!;
  const shown = body.document;
  assert.deepEqual([shown._id, shown.customer, shown.items, shown.lease], [_id, customer, items, undefined]);
});

test('stores the context as plain strings, or no field at all', async () => {
  const on = await request(writer).post('/orders').send(order).expect(202);
  const off = await request(writer)
    .post('/orders')
    .send({ ...order, demo: { document: 'off' } })
    .expect(202);
  const stored = await system.orders.findOne({ _id: on.body.orderId });
  assert.match(stored?.context?.['traceparent'] ?? '', new RegExp(`^00-${on.body.traceId}-[0-9a-f]{16}-01$`));
  assert.equal('context' in ((await system.orders.findOne({ _id: off.body.orderId })) ?? {}), false);
});

test('without demo controls, demo switches have no effect', async () => {
  const app = system.writer();
  const demo = { document: 'off', failTimes: 2 };
  const { body } = await request(app)
    .post('/orders')
    .send({ ...order, demo })
    .expect(202);
  const stored = await system.orders.findOne({ _id: body.orderId });
  assert.ok(stored?.context, 'the document carries its context');
  assert.equal('demo' in stored, false, 'no service further on sees the switches');
});

test('describes itself', async () => {
  const { body } = await request(writer).get('/openapi.json').expect(200);
  for (const path of ['/orders', '/orders/{id}', '/orders/{id}/carrier']) assert.ok(path in body.paths, path);
});

test('neither serves nor describes carriers without demo controls', async () => {
  const app = system.writer();
  const placed = await request(app).post('/orders').send(order).expect(202);
  await request(app).get(placed.body.links.self).expect(200);
  await request(app).get(`${placed.body.links.self}/carrier`).expect(404);
  const { body } = await request(app).get('/openapi.json').expect(200);
  assert.deepEqual(
    Object.keys(body.paths).filter((path) => path.endsWith('/carrier')),
    [],
  );
});

test('MongoDB frozen: 503 within 2 s, alive, and service again afterwards', async () => {
  await mongod.freeze();
  const started = performance.now();
  const response = await request(writer).post('/orders').send(order).expect(503);
  assert.ok(performance.now() - started < 2_000, `answered after ${performance.now() - started} ms`);
  assertProblem(response, 503);
  await request(writer).get('/livez').expect(200);
  const readiness = await request(writer).get('/readyz').expect(503);
  assert.equal(readiness.body.missing[0].name, 'mongodb');
  mongod.thaw();
  await until(
    () => request(writer).post('/orders').send(order),
    ({ status }) => status === 202,
  );
});

test('MongoDB gone: 503 within 2 s, and service again when it is back', async () => {
  await mongod.kill();
  const started = performance.now();
  assertProblem(await request(writer).get('/orders').expect(503), 503);
  assert.ok(performance.now() - started < 2_000, `answered after ${performance.now() - started} ms`);
  await mongod.restart();
  await until(
    () => request(writer).get('/orders'),
    ({ status }) => status === 200,
  );
});

function assertProblem(response: request.Response, status: number): void {
  assert.equal(response.type, 'application/problem+json');
  const problem = JSON.parse(response.text) as Problem;
  assert.equal(problem.status, status);
  assert.match(problem.traceId ?? '', /^[0-9a-f]{32}$/);
  assert.equal(response.headers['x-trace-id'], problem.traceId);
  assert.ok(problem.detail);
}

const countOrders = () => system.orders.countDocuments();
