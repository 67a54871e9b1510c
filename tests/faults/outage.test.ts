import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MongoClient } from 'mongodb';
import { until } from '../support/until.ts';
import { reachesExactTree } from './support/exact-tree.ts';
import { startFaultSystem, type FaultSystem } from './support/fault-system.ts';
import type { ServiceProcess } from './support/service-process.ts';

let system: FaultSystem;
let poller: ServiceProcess;
before(async () => {
  system = await startFaultSystem(() => 50);
  poller = await system.poller({ LEASE_MS: '3000' });
  await system.fulfilled(await system.place());
});
after(() => system.stop());

const readiness = async () => (await fetch(`${poller.url}/readyz`)).status;

async function stepDown(): Promise<void> {
  const client = new MongoClient(system.mongod.uri);
  await client.db('admin').command({ replSetStepDown: 2, force: true });
  await client.close();
}

const OUTAGES: Record<string, () => Promise<void>> = {
  'killed and restarted': async () => {
    await system.mongod.kill();
    await system.mongod.restart();
  },
  'frozen for longer than a time-out': async () => {
    await system.mongod.freeze();
    assert.equal(await until(readiness, (status) => status === 503), 503);
    system.mongod.thaw();
  },
  'stepped down': stepDown,
};

for (const [what, outage] of Object.entries(OUTAGES)) {
  test(
    `MongoDB ${what}: work in hand and new work are fulfilled, each once`,
    { timeout: 60_000 },
    async () => {
      const inHand = await Promise.all(Array.from({ length: 4 }, () => system.place({ report: true })));
      await outage();
      const later = await until(
        () => system.place().catch(() => undefined),
        (id) => id !== undefined,
        { deadlineMs: 20_000, what: 'a new order' },
      );
      for (const id of [...inHand, later!]) {
        const order = await system.fulfilled(id, 20_000);
        assert.equal(order.ledger?.filter(({ key }) => key === 'fulfil').length, 1);
        await reachesExactTree(order);
      }
    },
  );
}
