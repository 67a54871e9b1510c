import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { fulfilOrder } from './fulfil-order.ts';
import type { ClaimedOrder } from './queue/order-queue.ts';

const order = { _id: '6740e1c2a5f3b1d2c3e4f506', report: true, attempts: 1 } as ClaimedOrder;

/** An address at which nobody listens any more. */
async function deadUrl(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

const launch = async (url: string, signal: AbortSignal): Promise<void> =>
  fulfilOrder(url)(order, { signal, once: (_key, effect) => effect() });

test('a launcher that does not answer is named, with the reason', async () => {
  const url = await deadUrl();
  const expected = new RegExp(`^Error: Failed to launch the report: no answer from ${url}: .*ECONNREFUSED`);
  await assert.rejects(launch(url, new AbortController().signal), expected);
});

test('an order that is given back is not the fault of the launcher', async () => {
  const reason = new Error('given back');
  await assert.rejects(launch(await deadUrl(), AbortSignal.abort(reason)), reason);
});
