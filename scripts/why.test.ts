import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { cutServer, listen, urlOf } from '@beyond-headers/service-kit/listen';
import { endOf } from '../tests/support/run.ts';

const ORDER = '6'.repeat(24);
const TRACE = 'a'.repeat(32);
/** A preload that speeds up the clock a hundredfold, so that the 90 s timeout passes within a second. */
const FASTER = 'data:text/javascript,const now=Date.now,start=now();Date.now=()=>start+100*(now()-start);';

const span = {
  traceId: TRACE,
  spanId: 'b'.repeat(16),
  name: 'POST /orders',
  kind: 2,
  startTimeUnixNano: '1700000000000000000',
  endTimeUnixNano: '1700000001000000000',
  attributes: [{ key: 'demo.order.id', value: { stringValue: ORDER } }],
};

/** Serves the responses of the writer and the trace store. The launcher is unavailable if its URL has no server. */
async function serve(t: TestContext, order: { status: string; attempts: number; report: boolean }) {
  const server = await listen(({ url = '' }, response) => {
    const answer = url.includes('/traces/')
      ? { result: { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] } }
      : url === `/orders/${ORDER}` && { orderId: ORDER, traceIds: [TRACE], ...order };
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer || {}));
  });
  t.after(() => cutServer(server));
  return urlOf(server);
}

function why(url: string, jobLauncher = url) {
  const urls = ['--writer', url, '--traces', url, '--job-launcher', jobLauncher];
  const command = [process.execPath, '--import', FASTER, 'scripts/why.ts', ORDER, ...urls];
  return endOf(command, { timeout: 20_000 });
}

const WAITING = `Waiting until order ${ORDER} and its Job have ended, or nothing has changed for 90 s …\n`;

test('why answers behind a poller that stays paused', async (t) => {
  const { status, stdout, stderr } = await why(
    await serve(t, { status: 'pending', attempts: 0, report: false }),
  );
  assert.deepEqual([status, stderr], [0, WAITING]);
  assert.match(stdout, /^Order 6+: pending after 0 attempts\. The work has not ended\.\n/);
  assert.match(stdout, /POST \/orders/);
});

test('why names a launcher that stays away', async (t) => {
  const url = await serve(t, { status: 'fulfilled', attempts: 1, report: true });
  const { status, stdout, stderr } = await why(url, 'http://127.0.0.1:1');
  assert.deepEqual([status, stderr], [0, WAITING]);
  assert.match(stdout, /^Order 6+: fulfilled after 1 attempt\. .*job-launcher.*\n/);
});
