import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { placeOrder } from '@beyond-headers/contracts';
import { cutServer, listen, urlOf } from '@beyond-headers/service-kit/listen';
import { parseOtlp } from '@beyond-headers/traces';
import { DEFAULT_SETTINGS } from '../view/settings.ts';
import { newRun } from './new-run.ts';
import { startRun } from './start-run.ts';

const TRACE_ID = 'a'.repeat(32);
const SPAN_ID = 'b'.repeat(16);
const CLICK = {
  traceparent: `00-${TRACE_ID}-${SPAN_ID}-01`,
  clickedAtMs: Date.now(),
  settings: DEFAULT_SETTINGS,
};

interface Received {
  url: string;
  traceparent: string | undefined;
  authorization: string | undefined;
  body: unknown;
}

/** Starts a server that is both writer and collector, and records its requests. */
async function recorder(t: TestContext, writerStatus = 202) {
  const received: Received[] = [];
  const server = await listen((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
      received.push({
        url: request.url ?? '',
        traceparent: request.headers['traceparent']?.toString(),
        authorization: request.headers.authorization,
        body,
      });
      response.statusCode = request.url === '/orders' ? writerStatus : 200;
      response.end(JSON.stringify({ orderId: 'c'.repeat(24) }));
    });
  });
  t.after(() => cutServer(server));
  const url = urlOf(server);
  const options = { writerUrl: url, otlpUrl: url, onExportFailure: assert.ifError };
  const spans = () =>
    received.filter((one) => one.url === '/v1/traces').flatMap(({ body }) => parseOtlp(body));
  return { received, options, spans };
}

test('each order gets the header of the click', async (t) => {
  const { received, options } = await recorder(t);
  const ids = await startRun({ ...CLICK, settings: { ...DEFAULT_SETTINGS, orders: 3 } }, options);
  assert.equal(ids.length, 3);
  const headers = received.filter((one) => one.url === '/orders').map(({ traceparent }) => traceparent);
  assert.deepEqual(headers, [CLICK.traceparent, CLICK.traceparent, CLICK.traceparent]);
});

test('the user and password of a collector go into a header', async (t) => {
  const { received, options, spans } = await recorder(t);
  const otlpUrl = options.otlpUrl.replace('http://', 'http://me:p%40ss@');
  await startRun(CLICK, { ...options, otlpUrl });
  assert.equal(spans().length, 1);
  const { authorization } = received.find(({ url }) => url === '/v1/traces') ?? {};
  assert.equal(authorization, `Basic ${btoa('me:p@ss')}`);
});

test('a collector may answer without a body', async (t) => {
  const { options } = await recorder(t);
  const collector = await listen((_request, response) => response.end());
  t.after(() => cutServer(collector));
  await startRun(CLICK, { ...options, otlpUrl: urlOf(collector) });
});

test('a percent sign in the password of a collector may encode nothing', async (t) => {
  const { received, options } = await recorder(t);
  const otlpUrl = options.otlpUrl.replace('http://', 'http://me:100%zz@');
  await startRun(CLICK, { ...options, otlpUrl });
  const { authorization } = received.find(({ url }) => url === '/v1/traces') ?? {};
  assert.equal(authorization, `Basic ${btoa('me:100%zz')}`);
});

test('an order says where its work stops', async (t) => {
  const { received, options } = await recorder(t);
  const settings = { ...DEFAULT_SETTINGS, report: false, approval: 2, runs: 3, startsIn: 60 };
  await startRun({ ...CLICK, settings }, options);
  const body = received.find(({ url }) => url === '/orders')?.body;
  const { data, error } = placeOrder.safeParse(body);
  assert.equal(error, undefined, 'the contract takes it');
  assert.deepEqual([data?.approval, data?.every], [2, { seconds: 2, times: 3 }]);
  const inMs = Date.parse(data?.availableAt ?? '') - Date.now();
  assert.ok(inMs > 50_000 && inMs <= 60_000, `starts in ${inMs} ms`);
});

test('the root is exported in the name of the browser', async (t) => {
  const { options, spans } = await recorder(t);
  await startRun(CLICK, options);
  const [root, ...others] = spans();
  assert.deepEqual(others, []);
  assert.deepEqual(
    [root?.service, root?.traceId, root?.spanId, root?.parentSpanId],
    ['browser', TRACE_ID, SPAN_ID, undefined],
  );
  assert.ok(root && Math.abs(root.startMs - CLICK.clickedAtMs) < 1);
});

test('a refused order leaves a root that failed', async (t) => {
  const { options, spans } = await recorder(t, 503);
  await assert.rejects(startRun(CLICK, options), /writer answered 503/);
  assert.equal(spans()[0]?.status.code, 'ERROR');
});

test('a clock far off is not believed', async (t) => {
  const { options, spans } = await recorder(t);
  await startRun({ ...CLICK, clickedAtMs: 0 }, options);
  const [root] = spans();
  assert.ok(root && Date.now() - root.startMs < 5_000);
});

test('what is not a fresh sampled traceparent is refused', () => {
  for (const traceparent of [
    '',
    `00-${'0'.repeat(32)}-${SPAN_ID}-01`,
    `00-${TRACE_ID}-${SPAN_ID}-00`,
    `00-${TRACE_ID}-x-01`,
  ]) {
    assert.equal(newRun.safeParse({ ...CLICK, traceparent }).success, false, traceparent);
  }
  assert.equal(newRun.safeParse(CLICK).success, true);
});
