import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { startMongod } from '@beyond-headers/local-mongod';
import { findFreePort } from '@beyond-headers/local-process';
import { childEnvironment } from '../support/child-environment.ts';

const SERVICES = join(import.meta.dirname, '../../services');
const NO_TRACE = '0'.repeat(32);

/** Starts a service with telemetry off, and returns its address and its output. */
async function start(t: TestContext, name: string, portVariable: string, env: Record<string, string>) {
  const port = await findFreePort();
  const args = ['--import', '@beyond-headers/telemetry/register', 'main.ts'];
  const child = spawn(process.execPath, args, {
    cwd: join(SERVICES, name),
    env: { ...childEnvironment, OTEL_SDK_DISABLED: 'true', [portVariable]: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => lines.push(line));
  }
  const url = `http://127.0.0.1:${port}`;
  const isReady = () =>
    fetch(`${url}/readyz`).then(
      ({ status }) => status === 200,
      () => false,
    );
  while (!(await isReady())) {
    assert.equal(child.exitCode, null, lines.join('\n'));
    await delay(50);
  }
  return { url, written: () => lines.join('\n') };
}

test('with telemetry off no answer, document or log line has an id of zeros', async (t) => {
  const mongod = await startMongod();
  t.after(() => mongod.close());
  const database = { MONGODB_URI: mongod.uri };
  const writer = await start(t, 'writer', 'WRITER_PORT', database);
  const poller = await start(t, 'poller', 'POLLER_PORT', database);
  const place = await fetch(`${writer.url}/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ customer: 'ada', items: [{ sku: 'tea', quantity: 1, unitPriceCents: 1 }] }),
  });
  assert.equal(place.status, 202);
  assert.equal(place.headers.get('x-trace-id'), null);
  const placed = (await place.json()) as { orderId: string };
  assert.deepEqual(placed, {
    orderId: placed.orderId,
    status: 'pending',
    links: { self: `/orders/${placed.orderId}` },
  });
  const read = async () => (await (await fetch(`${writer.url}/orders/${placed.orderId}`)).json()) as Order;
  let order = await read();
  while (order.status !== 'fulfilled') {
    await delay(50);
    order = await read();
  }
  assert.deepEqual(order.traceIds, []);
  const missing = await (await fetch(`${writer.url}/orders/nothing`)).text();
  for (const text of [missing, writer.written(), poller.written()]) assert.ok(!text.includes(NO_TRACE), text);
});

interface Order {
  status: string;
  traceIds: string[];
}
