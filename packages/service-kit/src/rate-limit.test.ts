import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Router } from 'express';
import request from 'supertest';
import { createHttpApp } from './http-app.ts';
import { createLogger } from './logger.ts';
import type { RateLimit } from './rate-limit.ts';

const LIMIT = { limit: 3, windowMs: 60_000 };

function appWith(rateLimit?: RateLimit, trustedProxies?: number) {
  return createHttpApp({
    logger: createLogger('test', 'silent'),
    routes: Router().all('/orders', (_request, response) => void response.json({})),
    api: { title: 'test', description: 'A test.', operations: {} },
    rateLimit,
    trustedProxies,
  });
}

type App = ReturnType<typeof appWith>;

/** Sends a request with each `X-Forwarded-For`, one after another, and returns the status codes. */
async function statuses(app: App, forwardedFor: readonly string[]): Promise<number[]> {
  const answers: number[] = [];
  for (const address of forwardedFor) {
    const { status } = await request(app).get('/orders').set('x-forwarded-for', address);
    answers.push(status);
  }
  return answers;
}

test('a client that asks too often gets 429 and Retry-After', async () => {
  const app = appWith(LIMIT);
  for (let sent = 0; sent < LIMIT.limit; sent++) await request(app).get('/orders').expect(200);
  const { status, type, headers, text } = await request(app).get('/orders');
  assert.deepEqual([status, type], [429, 'application/problem+json']);
  assert.ok(Number(headers['retry-after']) > 0 && Number(headers['retry-after']) <= 60);
  const { title, detail } = JSON.parse(text) as { title: string; detail: string };
  assert.equal(title, 'Too Many Requests');
  assert.match(detail, /Expected at most 3 within 60000 ms: try again after the seconds in Retry-After\./);
});

test('requests that are refused count as well', async () => {
  const app = appWith(LIMIT);
  for (let sent = 0; sent < LIMIT.limit; sent++)
    await request(app).post('/orders').type('json').send('{').expect(400);
  await request(app).post('/orders').type('json').send('{').expect(429);
});

test('probes are not limited', async () => {
  const app = appWith({ ...LIMIT, limit: 1 });
  await request(app).get('/orders').expect(200);
  await request(app).get('/orders').expect(429);
  for (const probe of ['/livez', '/readyz']) await request(app).get(probe).expect(200);
});

test('a client is let in again after the window', async () => {
  const app = appWith({ limit: 1, windowMs: 1_000 });
  await request(app).get('/orders').expect(200);
  const deadline = performance.now() + 5_000;
  let refused = 0;
  while ((await request(app).get('/orders')).status === 429) {
    refused++;
    assert.ok(performance.now() < deadline, 'still refused after 5 s');
  }
  assert.ok(refused > 0, 'it was never refused');
});

test('no limit is set unless asked for', async () => {
  assert.ok((await statuses(appWith(), Array(50).fill('203.0.113.1'))).every((status) => status === 200));
});

test("without a trusted proxy, clients can't choose their address", async () => {
  const addresses = ['203.0.113.1', '203.0.113.2', '203.0.113.3', '203.0.113.4'];
  assert.deepEqual(await statuses(appWith(LIMIT), addresses), [200, 200, 200, 429]);
  assert.deepEqual(await statuses(appWith(LIMIT, 0), addresses), [200, 200, 200, 429]);
});

test('behind a proxy its callers are told apart', async () => {
  const addresses = ['203.0.113.1', '203.0.113.1', '203.0.113.1', '203.0.113.1', '203.0.113.2'];
  assert.deepEqual(await statuses(appWith(LIMIT, 1), addresses), [200, 200, 200, 429, 200]);
});

test('ignores the addresses that a caller adds', async () => {
  const one = ['10.0.0.1, 203.0.113.9', '10.0.0.2, 203.0.113.9', '10.0.0.3, 203.0.113.9', '203.0.113.9'];
  assert.deepEqual(await statuses(appWith(LIMIT, 1), one), [200, 200, 200, 429]);
  const two = ['10.0.0.1, 203.0.113.9, 198.51.100.1', '10.0.0.2, 203.0.113.9, 198.51.100.2'];
  assert.deepEqual(await statuses(appWith({ ...LIMIT, limit: 1 }, 2), two), [200, 429]);
});

test('an IPv6 client does not get around it by another address of its network', async () => {
  const addresses = ['2001:db8::1', '2001:db8::2', '2001:db8:0:ff::1', '2001:db8:0:1::3', '2001:db9::1'];
  assert.deepEqual(await statuses(appWith(LIMIT, 1), addresses), [200, 200, 200, 429, 200]);
});

for (const address of ['192.0.2.1', '[2001:db8::1]'])
  test(`${address} is one client, whatever port a proxy adds`, async () => {
    const ports = [address, ...[4_711, 4_712, 4_713].map((port) => `${address}:${port}`)];
    assert.deepEqual(await statuses(appWith(LIMIT, 1), ports), [200, 200, 200, 429]);
  });
