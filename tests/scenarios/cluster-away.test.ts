import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { OrderView, PlacedOrder } from '@beyond-headers/contracts';
import { startLocalSystem, type LocalSystem } from '@beyond-headers/supervisor';
import { assertEdges, waitForTrace } from '@beyond-headers/traces';
import { until } from '../support/until.ts';
import { jobCarrier } from '../support/expected-tree.ts';

let system: LocalSystem;
before(async () => {
  system = await startLocalSystem({
    env: { poller: { RETRY_BASE_MS: '200', RETRY_MAX_MS: '500', MAX_ATTEMPTS: '1' } },
  });
});
after(() => system.stop());

test('order waits for a cluster that is away, uncounted, and joins its Job when it is back', async () => {
  await system.kill('cluster');
  const placed = await placeOrder();
  const postponed = await until(readOrder(placed.orderId), ({ error }) => error !== undefined, {
    what: 'a postponed attempt',
  });
  assert.match(postponed.error ?? '', /job-launcher answered 503/);
  await system.restart('cluster');
  const fulfilled = await until(readOrder(placed.orderId), ({ status }) => status === 'fulfilled', {
    deadlineMs: 30_000,
  });
  assert.equal(fulfilled.attempts, 1);
  await waitForTrace(system.urls.traces, placed.traceId, (spans) => assertEdges(spans, jobCarrier), {
    deadlineMs: 15_000,
  });
});

async function placeOrder(): Promise<Required<PlacedOrder>> {
  const response = await fetch(`${system.urls.writer}/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      customer: 'ada',
      items: [{ sku: 'tea', quantity: 1, unitPriceCents: 250 }],
      report: true,
    }),
  });
  assert.equal(response.status, 202);
  return (await response.json()) as Required<PlacedOrder>;
}

const readOrder = (orderId: string) => async () =>
  (await (await fetch(`${system.urls.writer}/orders/${orderId}`)).json()) as OrderView;
