import assert from 'node:assert/strict';
import type { IncomingHttpHeaders } from 'node:http';
import { json } from 'node:stream/consumers';
import { test, type TestContext } from 'node:test';
import { placeOrder } from '@beyond-headers/contracts';
import { parseOtlp } from '@beyond-headers/traces';
import { DEFAULT_SETTINGS } from '../view/settings.ts';
import { serve } from '../testing/serve.ts';
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
  headers: IncomingHttpHeaders;
  body: unknown;
}

/** Starts a server that is both writer and collector, and records its requests. */
async function recorder(t: TestContext, writerStatus = 202) {
  const received: Received[] = [];
  const url = await serve(t, async (request, response) => {
    const { url: path = '', headers } = request;
    received.push({ url: path, headers, body: await json(request) });
    response.statusCode = path === '/orders' ? writerStatus : 200;
    response.end(JSON.stringify({ orderId: 'c'.repeat(24) }));
  });
  const options = { writerUrl: url, otlpUrl: url, onExportFailure: assert.ifError };
  const spans = () =>
    received.filter((one) => one.url === '/v1/traces').flatMap(({ body }) => parseOtlp(body));
  return { received, options, spans };
}

test('each order gets the header of the click', async (t) => {
  const { received, options } = await recorder(t);
  const ids = await startRun({ ...CLICK, settings: { ...DEFAULT_SETTINGS, orders: 3 } }, options);
  assert.equal(ids.length, 3);
  const headers = received
    .filter((one) => one.url === '/orders')
    .map(({ headers: { traceparent } }) => traceparent);
  assert.deepEqual(headers, [CLICK.traceparent, CLICK.traceparent, CLICK.traceparent]);
});

for (const [given, sent] of [
  ['me:p%40ss', 'me:p@ss'],
  // A percent sign may encode nothing.
  ['me:100%zz', 'me:100%zz'],
] as const)
  test(`the user and password of a collector go into a header: ${given}`, async (t) => {
    const { received, options, spans } = await recorder(t);
    const otlpUrl = options.otlpUrl.replace('http://', `http://${given}@`);
    await startRun(CLICK, { ...options, otlpUrl });
    assert.equal(spans().length, 1);
    const collected = received.find(({ url }) => url === '/v1/traces');
    assert.equal(collected?.headers.authorization, `Basic ${btoa(sent)}`);
  });

test('a collector may answer without a body', async (t) => {
  const { options } = await recorder(t);
  const otlpUrl = await serve(t, (_request, response) => response.end());
  await startRun(CLICK, { ...options, otlpUrl });
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
