import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import type { AttemptRecord } from '@beyond-headers/contracts';
import type { KillCounts } from '../bench/queue/kills.ts';
import { assertEffectsOnce, attemptsOf, callsOf, countExactTrees } from './support/assert-orders.ts';
import { isLong, startFaultSystem } from './support/fault-system.ts';
import { killAtRandom, lostLeases } from './support/kill-at-random.ts';

/** `npm test` has only a minute for all faults. */
const ORDERS = isLong ? 10_000 : 400;
const KILLS = isLong ? 20 : 4;
const POLLERS = 4;
const CONCURRENCY = 8;
/** The most orders that one poller holds: twice the 64 that it claims, because the outcomes of as many may still be in flight. */
const IN_HAND = 16 * CONCURRENCY;
const DEADLINE_MS = isLong ? 600_000 : 120_000;

const system = await startFaultSystem(() => 5);
after(() => system.stop());

test(
  `${KILLS} kills -9 under load lose none of ${ORDERS} orders`,
  { timeout: DEADLINE_MS },
  async (context) => {
    const pollers = await Promise.all(Array.from({ length: POLLERS }, startPoller));
    const placing = placeAll();
    const killed = await killAtRandom(KILLS, { running: pollers, start: startPoller });
    await placing;
    await system.allFulfilled(ORDERS, DEADLINE_MS);

    const orders = await system.orders.find().toArray();
    const attempts = attemptsOf(orders);
    const { ofKilled, ofLiving } = lostLeases(orders, killed);
    const inFlightAtKills = ofKilled.length;
    context.diagnostic(
      `${orders.length} orders, ${KILLS} kills, ${inFlightAtKills} in flight at them, ${attempts} attempts, ` +
        `${callsOf(system.sink)} handler calls for ${system.sink.calls.size} effects`,
    );
    assert.equal(orders.length, ORDERS);
    assert.deepEqual(ofLiving, [], 'leases that a living poller lost');
    assert.equal(attempts, ORDERS + inFlightAtKills, 'attempts beyond those in flight at the kills');
    assert.ok(mostOfOneOwner(ofKilled) <= IN_HAND, 'orders in flight at one kill');
    assertEffectsOnce(orders, system.sink);
    const exactTrees = await countExactTrees(orders);
    context.diagnostic(`${exactTrees} exact trees`);
    assert.equal(exactTrees, ORDERS);
    await tell({
      orders: ORDERS,
      kills: KILLS,
      lost: ORDERS - orders.length,
      attempts,
      inFlightAtKills,
      effectsOnce: orders.length,
      exactTrees,
    });
  },
);

const mostOfOneOwner = (records: readonly AttemptRecord[]): number => {
  const byOwner = Map.groupBy(records, ({ owner }) => owner);
  return Math.max(0, ...[...byOwner.values()].map(({ length }) => length));
};

/** Passes the counts to `npm run bench -- queue --numbers`, if it runs this test. */
async function tell(counts: KillCounts): Promise<void> {
  const file = process.env['KILL_COUNTS'];
  if (file) await writeFile(file, JSON.stringify(counts));
}

const startPoller = () => system.poller({ CONCURRENCY: String(CONCURRENCY) });

/** Places all orders. Every second one has an effect outside the database. */
async function placeAll(): Promise<void> {
  let placed = 0;
  const place = async () => {
    while (placed < ORDERS) await system.place({ report: placed++ % 2 === 0 });
  };
  await Promise.all(Array.from({ length: 4 }, place));
}
