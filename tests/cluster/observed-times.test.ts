import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { waitForTrace, type Span } from '@beyond-headers/traces';
import { assertObservedTimes } from '../support/observed-times.ts';
import { launch, startClusterSystem, storeOrder } from './support/system.ts';

const JOBS = 20;
const AT_ONCE = 4;

const system = await startClusterSystem();
after(() => system.stop());

test('observed spans lie between their cause and the end of the run', async () => {
  const launcher = await system.start('job-launcher', system.launcherEnv);
  let runs = 0;
  for (let job = 0; job < JOBS; job += AT_ONCE) {
    const orders = await Promise.all(Array.from({ length: AT_ONCE }, () => storeOrder(system, 'times')));
    const launches = await Promise.all(orders.map((orderId) => launch(launcher, orderId)));
    for (const { traceId } of launches) runs += await runsInTime(traceId);
  }
  assert.ok(runs > JOBS / 2, `${runs} of ${JOBS} runs delivered their spans`);
  await launcher.kill();
});

const observed = (spans: Span[]) => spans.filter(({ name }) => name === 'observe report-job');

/** Checks the observed spans of one Job. Returns the number of its run spans, which can be 0, because a starved pod may lose them. */
async function runsInTime(traceId: string): Promise<number> {
  const spans = await waitForTrace(system.tracesUrl, traceId, (found) => observed(found).length === 1, {
    deadlineMs: 60_000,
  });
  assertObservedTimes(spans);
  for (const { attributes } of observed(spans))
    assert.equal(attributes['demo.time.precision'], undefined, 'the job noted its times');
  return spans.filter(({ name }) => name === 'run report-job').length;
}
