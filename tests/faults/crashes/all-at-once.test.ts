import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { after, before, test } from 'node:test';
import { assertEffectsOnce, attemptsOf, callsOf, countExactTrees } from '../support/assert-orders.ts';
import { lostLeases, type Killed } from '../support/kill-at-random.ts';
import { isLong, startFaultSystem, type FaultSystem } from '../support/fault-system.ts';
import type { ServiceProcess } from '../support/service-process.ts';

/*
 * Killed pollers, frozen pollers, and a frozen database in one run. An attempt may be lost only with a process that is killed. Every freeze
 * is shorter than what then remains of a lease, which is at least two thirds of it.
 */

const ORDERS = isLong ? 2_000 : 120;
const KILLS = isLong ? 60 : 2;
const FREEZES = isLong ? 80 : 4;
const MONGOD_FREEZE_MS = isLong ? 15_000 : 4_000;
const LEASE_MS = isLong ? 30_000 : 9_000;
const MAX_FREEZE_MS = 1_500;
const MAX_HANDLER_MS = 400;
const POLLERS = 4;
const DEADLINE_MS = isLong ? 1_200_000 : 150_000;

let system: FaultSystem;
let pollers: ServiceProcess[];
const killed: Killed = new Map();
before(async () => {
  system = await startFaultSystem(() => Math.random() * MAX_HANDLER_MS);
  pollers = await Promise.all(Array.from({ length: POLLERS }, startPoller));
});
after(() => system.stop());

const startPoller = () => system.poller({ LEASE_MS: String(LEASE_MS), RETRY_BASE_MS: '100' });

test(
  `${KILLS} kills, ${FREEZES} freezes and a database frozen for ${MONGOD_FREEZE_MS} ms: ${ORDERS} orders, each attempt once`,
  { timeout: DEADLINE_MS },
  async (context) => {
    const faults = shuffled([...Array(KILLS).fill(kill), ...Array(FREEZES).fill(freeze)]);
    const half = Math.floor(faults.length / 2);
    await underLoad(faults.slice(0, half));
    await freezeDatabase();
    await underLoad(faults.slice(half));
    await system.allFulfilled(ORDERS, DEADLINE_MS);

    const orders = await system.orders.find().toArray();
    const attempts = attemptsOf(orders);
    const { ofKilled, ofLiving } = lostLeases(orders, killed);
    context.diagnostic(
      `${orders.length} orders, ${ofKilled.length} held at kills, ${attempts} attempts, ` +
        `${callsOf(system.sink)} handler calls for ${system.sink.calls.size} effects`,
    );
    assert.equal(orders.length, ORDERS);
    assertEffectsOnce(orders, system.sink);
    assert.deepEqual(ofLiving, [], 'leases that a living poller lost');
    assert.equal(
      attempts,
      ORDERS + ofKilled.length,
      'every attempt beyond the first is one of a killed process',
    );
    assert.equal(await countExactTrees(orders), ORDERS);
  },
);

/** Places a share of the orders before each fault, so that each fault interrupts work. */
async function underLoad(faults: ReadonlyArray<() => Promise<void>>): Promise<void> {
  const share = ORDERS / 2 / faults.length;
  for (const [index, fault] of faults.entries()) {
    const count = Math.round((index + 1) * share) - Math.round(index * share);
    for (let order = 0; order < count; order++) await system.place({ report: order % 2 === 0 });
    await delay(50 + Math.random() * 250);
    await fault();
  }
}

async function kill(): Promise<void> {
  const index = Math.floor(Math.random() * POLLERS);
  const victim = pollers[index]!;
  killed.set(victim.pid, new Date());
  await victim.kill();
  pollers[index] = await startPoller();
}

async function freeze(): Promise<void> {
  const poller = pollers[Math.floor(Math.random() * POLLERS)]!;
  poller.signal('SIGSTOP');
  await delay(100 + Math.random() * (MAX_FREEZE_MS - 100));
  poller.signal('SIGCONT');
}

/** Freezes the database for longer than a handler takes, so that running handlers end during the freeze. */
async function freezeDatabase(): Promise<void> {
  await system.mongod.freeze();
  await delay(MONGOD_FREEZE_MS);
  system.mongod.thaw();
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
