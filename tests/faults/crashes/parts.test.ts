import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { isLong, startFaultSystem } from '../support/fault-system.ts';
import { killAtRandom } from '../support/kill-at-random.ts';
import { reachesWhole } from '../support/parts-tree.ts';

const ORDERS = isLong ? 300 : 20;
const KILLS = isLong ? 20 : 4;
const POLLERS = 3;
const MOST_PARTS = 5;
const DEADLINE_MS = isLong ? 600_000 : 120_000;

const system = await startFaultSystem();
after(() => system.stop());

const partsOf = (index: number): number => 1 + (index % MOST_PARTS);

test(
  `${KILLS} kills -9 of pollers lose and double no part of ${ORDERS} orders`,
  { timeout: DEADLINE_MS },
  async (context) => {
    const pollers = await Promise.all(Array.from({ length: POLLERS }, () => system.poller()));
    const killing = killAtRandom(KILLS, { running: pollers, start: () => system.poller() });
    const ids: string[] = [];
    for (let index = 0; index < ORDERS; index++) ids.push(await system.place({ parts: partsOf(index) }));
    await killing;
    let attempts = 0;
    for (const id of ids) attempts += await reachesWhole(system, await system.fulfilled(id, 60_000));
    const documents = await system.orders.countDocuments();
    const parts = Array.from({ length: ORDERS }, (_, index) => partsOf(index)).reduce((sum, n) => sum + n);
    assert.equal(documents, ORDERS + parts);
    context.diagnostic(
      `${ORDERS} orders of ${parts} parts, ${KILLS} kills, ${attempts} attempts, all trees exact`,
    );
  },
);
