import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { approve, untilHeld } from '../support/approver.ts';
import { startFaultSystem, type FaultSystem } from '../support/fault-system.ts';
import { reachesHeldTree } from '../support/held-tree.ts';
import type { ServiceProcess } from '../support/service-process.ts';

/* A held order has six writes: placed, claimed, parked, approved, claimed again, fulfilled. A crash may come between any two. */

const KILLING = { main: fileURLToPath(new URL('../support/kill-at-write.ts', import.meta.url)) };

let system: FaultSystem;
let writer: ServiceProcess;
before(async () => {
  system = await startFaultSystem();
  writer = await system.writer();
});
after(() => system.stop());

const killedAt = (killAt: string) => ({ KILL_AT: killAt, CONCURRENCY: '1' });

/** Asserts that an order is fulfilled, approved once, and has an exact trace, apart from the killed attempt. */
async function assertWhole(id: string): Promise<void> {
  const order = await system.fulfilled(id, 30_000);
  assert.equal(order.decisions?.length, 1);
  assert.equal(order.pause?.causes?.length, 1);
  assert.deepEqual(
    order.ledger?.map(({ key }) => key),
    ['fulfil'],
  );
  await reachesHeldTree(order);
}

async function approveHeld(id: string): Promise<void> {
  await untilHeld(system, id, 0);
  assert.equal(await approve(writer.url, id, 1), 200);
}

/** Starts a poller that is killed at a write of a new order, and then another one, which finishes the order. */
async function killedThenAnother(killAt: string, meanwhile: (id: string) => Promise<void>): Promise<void> {
  const killed = await system.poller(killedAt(killAt), KILLING);
  const id = await system.place({ approval: true });
  await meanwhile(id);
  assert.equal(await killed.ended, 'SIGKILL');
  const poller = await system.poller();
  const order = await system.orders.findOne({ _id: id });
  if (!order?.decisions) await approveHeld(id);
  await assertWhole(id);
  await poller.stop();
}

const nothing = async () => {};

test('a poller that is killed between claimed and parked loses nothing', () =>
  killedThenAnother('after:1', nothing));

test('an order that is approved while no poller runs goes on', () =>
  killedThenAnother('after:2', approveHeld));

test('a poller that is killed between claimed again and fulfilled loses nothing', () =>
  killedThenAnother('after:3', approveHeld));

test('a poller that is killed after it fulfilled loses nothing', () =>
  killedThenAnother('after:4', approveHeld));

for (const [when, killAt, again] of [
  ['before it approves', 'before:1', 200],
  ['after it approved and before it answers', 'after:1', 409],
] as const) {
  test(`a writer that is killed ${when} leaves one approval`, async () => {
    const [killed, poller] = await Promise.all([system.writer(killedAt(killAt), KILLING), system.poller()]);
    const id = await system.place({ approval: true });
    await untilHeld(system, id, 0);
    await assert.rejects(approve(killed.url, id, 1));
    assert.equal(await approve(writer.url, id, 1), again);
    // The successor of the killed writer sends the spans that are left in its journal.
    const successor = await system.writer();
    await assertWhole(id);
    await Promise.all([successor.stop(), poller.stop()]);
  });
}
