import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { after, afterEach, test } from 'node:test';
import { trace } from '@opentelemetry/api';
import { extractContext } from '@beyond-headers/propagation';
import { until } from '../support/until.ts';
import { reachesExactTree } from './support/exact-tree.ts';
import { startFaultSystem } from './support/fault-system.ts';
import type { ServiceProcess } from './support/service-process.ts';

const path = (name: string) => fileURLToPath(new URL(`./support/${name}`, import.meta.url));

const system = await startFaultSystem(() => 20);
let pollers: ServiceProcess[] = [];
after(() => system.stop());
afterEach(async () => {
  await Promise.all(pollers.splice(0).map((poller) => poller.kill()));
});

test('a poller that was blocked beyond its lease is refused', async () => {
  const blocked = await system.poller(
    { LEASE_MS: '600', BLOCK_MS: '2500', CONCURRENCY: '1' },
    { main: path('blocking-poller.ts') },
  );
  pollers.push(blocked);
  const id = await system.place();
  await until(
    () => system.orders.findOne({ _id: id }),
    (order) => order?.status === 'processing',
  );
  pollers.push(await system.poller());
  const order = await system.fulfilled(id);
  assert.equal(order.attempts, 2);
  const refusal = () => blocked.log.find(({ msg }) => msg.startsWith('late: the lease was lost'));
  await until(async () => refusal(), Boolean, { what: 'the refusal in the log' });
  const after = await system.orders.findOne({ _id: id });
  assert.deepEqual(after, order, 'the late settlement has no effect');
  assert.equal(order.ledger?.length, 1);
});

test('pollers whose clocks are ten minutes apart share the work', async () => {
  for (const shiftMs of [-300_000, 300_000]) {
    const env = { CLOCK_SHIFT_MS: String(shiftMs), LEASE_MS: '5000' };
    pollers.push(await system.poller(env, { imports: [path('shifted-clock.ts')] }));
  }
  const ids = await Promise.all(Array.from({ length: 60 }, () => system.place({ report: true })));
  for (const id of ids) {
    const order = await system.fulfilled(id, 20_000);
    assert.equal(order.attempts, 1);
    assert.equal(system.sink.calls.get(id), 1);
  }
});

test('a poison order becomes a dead letter while the others flow', async () => {
  const poison = await system.place({ report: true });
  system.sink.refused.add(poison);
  pollers.push(await system.poller({ MAX_ATTEMPTS: '2' }));
  const ids = await Promise.all(Array.from({ length: 10 }, () => system.place()));
  for (const id of ids) await reachesExactTree(await system.fulfilled(id));
  const order = await until(
    () => system.orders.findOne({ _id: poison }),
    (found) => found?.status === 'failed',
  );
  assert.deepEqual(
    order?.history?.map(({ outcome }) => outcome),
    ['retry', 'dead letter'],
  );
  const carried = extractContext(order.context);
  assert.equal(trace.getSpanContext(carried)?.traceId, order.traceIds[0]);
});
