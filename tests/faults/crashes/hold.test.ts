import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertEffectsOnce } from '../support/assert-orders.ts';
import { approveUntilAnswered, untilHeld } from '../support/approver.ts';
import { isLong, startFaultSystem } from '../support/fault-system.ts';
import { killAtRandom, lostLeases } from '../support/kill-at-random.ts';
import { reachesHeldTree } from '../support/held-tree.ts';

const ORDERS = isLong ? 1_000 : 40;
const KILLS = isLong ? 20 : 4;
const POLLERS = 3;
const WRITERS = 2;
const AT_A_TIME = 16;
/** The longest time that a report takes: long enough that a kill interrupts orders. */
const MAX_HANDLER_MS = 1_000;
const DEADLINE_MS = isLong ? 900_000 : 150_000;

const system = await startFaultSystem(() => Math.random() * MAX_HANDLER_MS);
after(() => system.stop());

/** Every second order waits for one approval, the others for two. */
const approvalsOf = (index: number): number => 1 + (index % 2);

test(
  `${KILLS} kills -9 of pollers and writers lose none of ${ORDERS} held orders and no approval`,
  { timeout: DEADLINE_MS },
  async (context) => {
    const pollers = await Promise.all(Array.from({ length: POLLERS }, () => system.poller()));
    const writers = await Promise.all(Array.from({ length: WRITERS }, () => system.writer()));
    const approving = approveAll(() => writers[Math.floor(Math.random() * WRITERS)]!.url);
    const killing = killAtRandom(
      KILLS,
      { running: pollers, start: () => system.poller() },
      { running: writers, start: () => system.writer() },
    );
    const answeredLate = await approving;
    const killed = await killing;
    await system.allFulfilled(ORDERS, DEADLINE_MS);

    const orders = await system.orders.find().toArray();
    const lost = lostLeases(orders, killed).ofKilled.length;
    let attempts = 0;
    let decisions = 0;
    for (const order of orders) {
      assert.equal(order.decisions?.length, Number(order.approval), `decisions of ${order._id}`);
      attempts += await reachesHeldTree(order);
      decisions += order.decisions?.length ?? 0;
    }
    context.diagnostic(
      `${orders.length} held orders, ${KILLS} kills, ${lost} orders in hand at them, ${decisions} approvals, ` +
        `${answeredLate} of them counted before their answer was lost, ${attempts} attempts, all trees exact`,
    );
    assert.equal(orders.length, ORDERS);
    assertEffectsOnce(orders, system.sink);
  },
);

/**
 * Places and approves all orders. Resolves with the number of approvals that were counted by a writer that was killed before it responded.
 */
async function approveAll(urlOfWriter: () => string): Promise<number> {
  let next = 0;
  let answeredLate = 0;
  const work = async () => {
    while (next < ORDERS) {
      const approvals = approvalsOf(next++);
      const id = await system.place({ approval: approvals, report: true });
      for (let approval = 1; approval <= approvals; approval++) {
        await untilHeld(system, id, approval - 1, DEADLINE_MS);
        const counted = await approveUntilAnswered(urlOfWriter, id, approval);
        if (counted === 'counted before') answeredLate++;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return answeredLate;
}
