import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertObservedTimes } from '../support/observed-times.ts';
import { attemptsOf } from './support/expectations.ts';
import { launch, startClusterSystem, storeOrder, type ClusterSystem } from './support/system.ts';

const JOBS = 20;
const AT_ONCE = 4;

let system: ClusterSystem;
before(async () => {
  system = await startClusterSystem();
});
after(() => system.stop());

test('observed spans lie between their cause and the end of the run', async () => {
  const launcher = await system.start('job-launcher', system.launcherEnv);
  for (let job = 0; job < JOBS; job += AT_ONCE) {
    const orders = await Promise.all(Array.from({ length: AT_ONCE }, () => storeOrder(system, 'times')));
    const launches = await Promise.all(orders.map((orderId) => launch(launcher, orderId)));
    for (const { traceId } of launches) await observedInTime(traceId);
  }
  await launcher.kill();
});

async function observedInTime(traceId: string): Promise<void> {
  const { all, outcomes } = await attemptsOf(system, traceId, { outcomes: 1, runs: 1 });
  assertObservedTimes(all);
  for (const { attributes } of outcomes)
    assert.equal(attributes['demo.time.precision'], undefined, 'the job noted its times');
}
