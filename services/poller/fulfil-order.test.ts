import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { json } from 'node:stream/consumers';
import { test } from 'node:test';
import { cutServer, listen, urlOf } from '@beyond-headers/service-kit/listen';
import { pollerDemo } from './demo/poller-demo.ts';
import { fulfilOrder } from './fulfil-order.ts';
import type { ClaimedOrder } from './queue/order-queue.ts';
import { DependencyAway, type Handler, type Work } from './handler.ts';

const order = { _id: '6740e1c2a5f3b1d2c3e4f506', report: true, attempts: 1 } as ClaimedOrder;

/** Resolves with the result of a call of a launcher that responds as `listener` does. */
async function withLauncher<T>(listener: RequestListener, call: (url: string) => Promise<T>): Promise<T> {
  const server = await listen(listener);
  try {
    return await call(urlOf(server));
  } finally {
    await cutServer(server);
  }
}

/** Returns a URL at which nothing listens. */
const deadUrl = () =>
  withLauncher(
    () => {},
    async (url) => url,
  );

const work = (signal = new AbortController().signal): Work => ({ signal, once: (_key, effect) => effect() });
const launch = async (url: string): Promise<unknown> => fulfilOrder(url)(order, work());

/** Returns the error of a launch that gets this response. */
const errorOf = (status: number, headers: Record<string, string> = {}, body = 'why'): Promise<Error> =>
  withLauncher(
    (_request, response) => void response.writeHead(status, headers).end(body),
    (url) =>
      launch(url).then(
        () => assert.fail('no error'),
        (reason: Error) => reason,
      ),
  );

test('a launcher that does not answer is away, with the reason', async () => {
  const url = await deadUrl();
  await assert.rejects(launch(url), (error: Error) => {
    assert.ok(error instanceof DependencyAway);
    assert.match(
      error.message,
      new RegExp(`^Failed to launch the report: no answer from ${url}: .*ECONNREFUSED`),
    );
    return true;
  });
});

test('so is one whose name is not known', async () => {
  await assert.rejects(launch('http://launcher.invalid'), DependencyAway);
});

test('so is one that hangs up', async () => {
  await assert.rejects(
    withLauncher((request) => void request.destroy(), launch),
    DependencyAway,
  );
});

for (const status of [429, 502, 503, 504]) {
  test(`so is one that answers ${status}, as long as it asks for`, async () => {
    const error = await errorOf(status, { 'retry-after': '7' });
    assert.ok(error instanceof DependencyAway, String(error));
    assert.equal(error.retryAfterMs, 7_000);
    assert.match(error.message, new RegExp(`answered ${status} why`));
  });
}

for (const [status, headers] of [
  [400, {}],
  [403, {}],
  [422, {}],
  [500, {}],
  [502, { 'content-type': 'application/problem+json' }],
] as const) {
  test(`${status} ${Object.values(headers).join()} is the fault of the order`, async () => {
    assert.ok(!((await errorOf(status, headers)) instanceof DependencyAway));
  });
}

for (const status of [200, 204]) {
  test(`behind a page with ${status} the launcher is away`, async () => {
    const error = await errorOf(status, { 'content-type': 'text/html' });
    assert.ok(error instanceof DependencyAway, String(error));
    assert.match(error.message, new RegExp(`job-launcher answered ${status}`));
  });
}

/** Launches through a proxy that redirects every request to a page that responds with this status code. */
const launchElsewhere = (redirect: number, answer: number): Promise<unknown> =>
  withLauncher((request, response) => {
    if (request.url === '/elsewhere') response.writeHead(answer).end('a page');
    else response.writeHead(redirect, { location: '/elsewhere' }).end();
  }, launch);

for (const redirect of [302, 307]) {
  test(`${redirect} to a log-in page launches nothing`, async () => {
    await assert.rejects(launchElsewhere(redirect, 200), DependencyAway);
  });
}

test('308 to the launcher is followed', async () => {
  await launchElsewhere(308, 202);
});

test('of a long answer the beginning is the reason', async () => {
  const { message } = await errorOf(500, {}, 'why '.repeat(100_000));
  assert.match(message, /job-launcher answered 500 why why/);
  assert.ok(message.length < 1_000, `${message.length} characters`);
});

test('a 202 that breaks off says that there is a Job', async () => {
  await withLauncher((request, response) => {
    void json(request).then(() => {
      response.writeHead(202, { 'content-length': '100' }).write('{', () => response.destroy());
    });
  }, launch);
});

/** Returns the request body that a handler sends to the launcher. */
async function requestOf(handler: (url: string) => Handler, asked: ClaimedOrder): Promise<unknown> {
  let body: unknown;
  await withLauncher(
    (request, response) => {
      void json(request).then((sent) => {
        body = sent;
        response.writeHead(202).end();
      });
    },
    (url) => handler(url)(asked, work()),
  );
  return body;
}

const byDemo = (url: string) => pollerDemo(url).handle;

test('only the demo passes on switches', async () => {
  const demo = { job: 'off', jobFault: 'crash' } as const;
  const switched = { ...order, demo };
  assert.deepEqual(await requestOf(fulfilOrder, switched), { orderId: order._id });
  assert.deepEqual(await requestOf(byDemo, switched), { orderId: order._id, demo });
  assert.deepEqual(await requestOf(byDemo, order), { orderId: order._id });
});

test('an order that is given back is not the fault of the launcher', async () => {
  const reason = new Error('given back');
  const url = await deadUrl();
  await assert.rejects(async () => fulfilOrder(url)(order, work(AbortSignal.abort(reason))), reason);
});
