import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { after, afterEach, test } from 'node:test';
import { until } from '../support/until.ts';
import { reachesExactTree } from './support/exact-tree.ts';
import { isLong, startFaultSystem } from './support/fault-system.ts';
import type { ServiceProcess } from './support/service-process.ts';

/** Longer than any operation takes to fail. */
const FREEZES_MS = isLong ? [8_000, 15_000] : [4_000];
const HANDLERS = 16;
/** Time after the thaw: the longest pause between two tries, and some time for a busy machine. */
const SOON_MS = 8_000;

/** How long the effect of an order takes, so that it ends while the database is frozen. */
const HANDLER_MS = 2_000;

const system = await startFaultSystem(() => HANDLER_MS);
let poller: ServiceProcess;
after(() => system.stop());
afterEach(() => poller.kill());

for (const frozenMs of FREEZES_MS) {
  for (const batchSize of [1, 4]) {
    test(
      `frozen for ${frozenMs} ms while ${HANDLERS} handlers end, in batches of ${batchSize}: none runs again`,
      { timeout: 120_000 },
      () => handlersEndWhileFrozen(frozenMs, batchSize),
    );
  }
}

async function handlersEndWhileFrozen(frozenMs: number, batchSize: number): Promise<void> {
  poller = await system.poller({
    CONCURRENCY: String(HANDLERS),
    BATCH_SIZE: String(batchSize),
    LEASE_MS: '30000',
  });
  const ids = await Promise.all(Array.from({ length: HANDLERS }, () => system.place({ report: true })));
  const underWay = async () => ids.every((id) => system.sink.calls.has(id));
  await until(underWay, Boolean, { what: 'handlers under way' });
  await system.mongod.freeze();
  await delay(frozenMs);
  system.mongod.thaw();
  for (const id of ids) {
    const order = await system.fulfilled(id, SOON_MS);
    assert.deepEqual([order.attempts, system.sink.calls.get(id), order.history], [1, 1, undefined]);
    if (batchSize === 1) await reachesExactTree(order);
  }
  assert.deepEqual(
    poller.log.filter(({ msg }) => msg.startsWith('the outcome could not be written')),
    [],
  );
}
