import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { after, test } from 'node:test';
import type { DeliveryStatus } from '@beyond-headers/telemetry';
import { startCollector } from '../support/collector.ts';
import { passOn } from './support/pass-on.ts';
import { reachesExactTree } from './support/exact-tree.ts';
import { isLong, startFaultSystem } from './support/fault-system.ts';

const COLLECTOR_MS = 400;
const ORDERS_PER_SECOND = 380;
/** Traces that are read at the same time. */
const AT_A_TIME = 50;
const ORDERS = isLong ? 5_000 : 380;

const system = await startFaultSystem();
after(() => system.stop());

test(`a collector that takes ${COLLECTOR_MS} ms a request loses no span of ${ORDERS} orders`, async (t) => {
  const collector = await startCollector(
    (request, response) => void delay(COLLECTOR_MS).then(() => passOn(request, response)),
  );
  const poller = await system.poller({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_BSP_SCHEDULE_DELAY: '',
    OTEL_BSP_MAX_QUEUE_SIZE: '',
    TELEMETRY_JOURNAL_DIR: '',
  });
  const startedAt = performance.now();
  const placed: Promise<string>[] = [];
  while (placed.length < ORDERS) {
    placed.push(system.place());
    await delay(Math.max(0, startedAt + (placed.length * 1_000) / ORDERS_PER_SECOND - performance.now()));
  }
  const ids = await Promise.all(placed);
  const offered = ORDERS / ((performance.now() - startedAt) / 1_000);
  await system.allFulfilled(ORDERS, 60_000);
  const worked = ORDERS / ((performance.now() - startedAt) / 1_000);
  const orders = await system.orders.find({ _id: { $in: ids } }).toArray();
  for (let start = 0; start < orders.length; start += AT_A_TIME) {
    const some = orders.slice(start, start + AT_A_TIME);
    await Promise.all(some.map((order) => reachesExactTree(order, 30_000)));
  }
  const { spans } = (await (await fetch(`${poller.url}/status`)).json()) as { spans: DeliveryStatus };
  t.diagnostic(
    `offered ${offered.toFixed()}/s, worked off ${worked.toFixed()}/s, ${spans.delivered} spans delivered`,
  );
  assert.deepEqual(spans.lost, { queue_full: 0, export_failed: 0, rejected: 0, journal_full: 0 });
  await poller.stop();
  await collector.close();
});
