import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createHttpApp, createLogger } from '@beyond-headers/service-kit';
import request from 'supertest';
import { serve } from '../testing/serve.ts';
import type { LoadView } from '../queue/load-view.ts';
import { queueControls } from './queue-controls.ts';

const ORDER = 'c'.repeat(24);
const api = { title: 'test', description: '', operations: {} };
const [CREATED, ENDED] = ['2026-11-29T00:00:00.000Z', '2026-11-29T00:00:00.250Z'];

const PATIENCE = { timeout: 20_000 };

const idOf = (count: number) => count.toString(16).padStart(24, '0');

/** Starts a server that is both writer and poller, and records its requests. */
async function stage(t: TestContext, answer: (asked: string) => [status: number, body?: object]) {
  const asked: string[] = [];
  const url = await serve(t, (incoming, response) => {
    incoming.resume();
    const what = `${incoming.method} ${incoming.url}`;
    asked.push(what);
    const [status, body] = answer(what);
    response.writeHead(status).end(body && JSON.stringify(body));
  });
  const controls = queueControls(url, url);
  t.after(() => controls.close());
  const logger = createLogger('test', 'silent');
  const app = createHttpApp({ logger, routes: controls.routes, api });
  return { asked, client: request(app) };
}

test('pause and resume are those of the poller', async (t) => {
  const { asked, client } = await stage(t, () => [204]);
  const before = Date.now();
  const { body } = await client.post('/api/queue/pause').expect(200);
  assert.ok(body.atMs >= before && body.atMs <= Date.now(), 'samples of before do not know of it');
  await client.post('/api/queue/resume').expect(200);
  assert.deepEqual(asked, ['POST /pause', 'POST /resume']);
});

test('what the poller refuses is refused in its words', async (t) => {
  const refusal = {
    type: 'about:blank',
    title: 'Not Found',
    status: 404,
    detail: 'Nothing is served there.',
  };
  const { client } = await stage(t, () => [404, refusal]);
  const { body } = await client.post('/api/queue/pause').expect(404);
  assert.equal(body.detail, 'Nothing is served there.');
  await client.post(`/api/dead-letters/${ORDER}/retry`).send({}).expect(404);
});

test('a service that fails is a bad gateway', async (t) => {
  const { client } = await stage(t, () => [503, { detail: 'secret' }]);
  await client.post('/api/queue/pause').expect(502);
});

test('no text of a caller gets into the path of another service', async (t) => {
  const { asked, client } = await stage(t, () => [200, {}]);
  const texts = ['..%2f..%2fpause', 'x', `${ORDER}%3fa=b`];
  for (const id of [...texts, '%2e%2e']) {
    await client.post(`/api/orders/${id}/approval`).send({ decision: 'approve' }).expect(404);
  }
  await client.post('/api/dead-letters/%2e%2e/retry').send({}).expect(404);
  assert.equal(asked.length, 0);
  // The id of a dead letter can be any text, so it must stay one segment of the path.
  for (const id of texts) await client.post(`/api/dead-letters/${id}/retry`).send({}).expect(202);
  assert.deepEqual(
    asked.map((what) => what.toLowerCase()),
    texts.map((id) => `post /dead-letters/${id.replace('=', '%3d')}/retry`),
  );
});

for (const [what, body] of Object.entries({
  'too many a second': { perSecond: 51, seconds: 1 },
  'too long': { perSecond: 1, seconds: 61 },
  'too many in all': { perSecond: 50, seconds: 30 },
  'no number': { perSecond: '5', seconds: 1 },
  'more than is asked for': { perSecond: 1, seconds: 1, writerUrl: 'http://elsewhere' },
}))
  test(`a load is refused: ${what}`, async (t) => {
    const { asked, client } = await stage(t, () => [202, {}]);
    await client.post('/api/load').send(body).expect(400);
    assert.deepEqual(asked, []);
  });

test('a load places its orders, and learns how long each took', async (t) => {
  let placed = 0;
  const { asked, client } = await stage(t, (what) => {
    if (what === 'POST /orders') return [202, { orderId: idOf(++placed), traceId: 'a'.repeat(32) }];
    const ids = Array.from({ length: placed }, (_, index) => idOf(index + 1)).toReversed();
    const orders = ids.map((orderId) => ({
      orderId,
      status: 'fulfilled',
      createdAt: CREATED,
      endedAt: ENDED,
    }));
    return [200, { orders }];
  });
  await client.get('/api/load').expect(200, {});
  await client.post('/api/load').send({ perSecond: 20, seconds: 1 }).expect(202);
  await client.post('/api/load').send({ perSecond: 1, seconds: 1 }).expect(409);
  const load = await t.waitFor(async () => {
    const { body } = await client.get('/api/load').expect(200);
    assert.equal(body.load.dots.length, 20);
    return body.load;
  }, PATIENCE);
  assert.deepEqual([load.placed, load.refused, load.isPlacing], [20, 0, false]);
  assert.ok(load.dots.every(({ latencyMs }: { latencyMs: number }) => latencyMs === 250));
  assert.equal(asked.filter((what) => what === 'POST /orders').length, 20);
  const { body } = await client.get('/api/load?after=18').expect(200);
  assert.equal(body.load.dots.length, 2, 'only what is new');
});

test('a load that is stopped places no more, and says what was refused', async (t) => {
  const { asked, client } = await stage(t, () => [429, { detail: 'too many' }]);
  await client.post('/api/load').send({ perSecond: 10, seconds: 60 }).expect(202);
  const loadThat = (isAwaited: (load: LoadView) => boolean): Promise<LoadView> =>
    t.waitFor(async () => {
      const { load } = (await client.get('/api/load')).body;
      assert.ok(isAwaited(load));
      return load;
    }, PATIENCE);
  await loadThat(({ refused }) => refused > 0);
  await client.delete('/api/load').expect(204);
  const load = await loadThat(({ isPlacing }) => !isPlacing);
  assert.equal(load.refused, asked.length);
  assert.ok(load.refused < 100, `${load.refused} orders`);
  assert.match(load.problem ?? '', /429/);
});
