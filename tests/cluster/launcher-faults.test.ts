import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { after, afterEach, test } from 'node:test';
import { waitForTrace, type Span } from '@beyond-headers/traces';
import { until } from '../support/until.ts';
import { attemptsOf, isEnded, toldBy } from './support/expectations.ts';
import { holdReport } from './support/hold-report.ts';
import type { ServiceProcess } from './support/processes.ts';
import { launch, startClusterSystem, statusOf, storeOrder } from './support/system.ts';

const OUTAGE_MS = 20_000;

const system = await startClusterSystem();
afterEach(() => system.apiProxy.open());
after(() => system.stop());

/** Starts a launcher that is ready, and so has an open connection to the API server. */
async function startLauncher(): Promise<ServiceProcess> {
  const launcher = await system.start('job-launcher', system.launcherEnv);
  assert.equal((await fetch(`${launcher.url}/readyz`)).status, 200);
  return launcher;
}
const jobsNamed = async (name: string) => {
  const { items } = await system.namespace.batch.listNamespacedJob({ namespace: system.namespace.name });
  return items.filter(({ metadata }) => metadata?.name === name);
};
const launchOf = (spans: Span[]) => spans.find(({ name }) => name === 'launch report-job');

test('answer lost after the create makes one Job', async () => {
  const launcher = await startLauncher();
  const orderId = await storeOrder(system, 'lost-answer');
  system.apiProxy.swallowAnswers();
  const launching = launch(launcher, orderId);
  await until(
    () => jobsNamed(`report-${orderId}`),
    ({ length }) => length > 0,
  );
  system.apiProxy.open();

  const { jobName, traceId } = await launching;
  assert.equal((await statusOf(system, launcher, jobName, isEnded)).phase, 'succeeded');
  const { all } = await attemptsOf(system, traceId, { outcomes: 1, runs: 1 });
  const launched = launchOf(all);
  assert.equal(launched?.attributes['demo.job.existed'], true);
  assert.equal(launched.attributes['demo.launch.attempts'], 2);
  assert.deepEqual(launched.links, [], 'the Job is its own, not of an earlier launch');
  assert.equal((await jobsNamed(jobName)).length, 1);
  assert.equal(await system.reports.countDocuments({ _id: orderId }), 1);
  await launcher.kill();
});

test('launcher killed between create and answer: the order again is the same Job', async () => {
  const first = await startLauncher();
  const orderId = await storeOrder(system, 'killed-launcher');
  const traceId = 'd'.repeat(24) + orderId.slice(0, 8);
  const headers = { traceparent: `00-${traceId}-${'c'.repeat(16)}-01` };
  system.apiProxy.swallowAnswers();
  const lost = assert.rejects(launch(first, orderId, headers));
  await until(
    () => jobsNamed(`report-${orderId}`),
    ({ length }) => length > 0,
  );
  await first.kill('SIGKILL');
  await lost;
  system.apiProxy.open();

  const second = await startLauncher();
  const again = await launch(second, orderId, headers);
  assert.equal(again.traceId, traceId);
  assert.equal((await statusOf(system, second, again.jobName, isEnded)).phase, 'succeeded');
  const { all, runs } = await attemptsOf(system, traceId, { outcomes: 1, runs: 1 });
  const launched = launchOf(all);
  assert.equal(launched?.attributes['demo.job.existed'], true);
  // The span of the first launch was lost with its process. The second launch links to its id.
  assert.deepEqual(
    launched.links.map(({ spanId }) => spanId),
    [runs[0]?.parentSpanId],
  );
  assert.equal((await jobsNamed(again.jobName)).length, 1);
  assert.equal(await system.reports.countDocuments({ _id: orderId }), 1);
  await second.kill();
});

test('launcher restarted while the pod runs reports its outcome once', async () => {
  const first = await startLauncher();
  const orderId = await storeOrder(system, 'restarted');
  const held = await holdReport(system, orderId);
  const { jobName, traceId } = await launch(first, orderId);
  await held.workingPod();
  await waitForTrace(system.tracesUrl, traceId, (spans) => launchOf(spans) !== undefined);
  await first.kill('SIGKILL');
  await held.release();
  await until(
    () => jobsNamed(jobName),
    ([job]) => job?.status?.succeeded === 1,
    { deadlineMs: 60_000 },
  );

  const second = await startLauncher();
  const { outcomes } = await attemptsOf(system, traceId, { outcomes: 1, runs: 1 });
  assert.deepEqual(outcomes.map(toldBy), [{ attempt: 1, reason: 'Completed', exitCode: 0, status: 'UNSET' }]);
  await second.kill();

  // A third launcher reports the same outcome span again. The outcome of the later marker shows that it has done so.
  const third = await startLauncher();
  const marker = await launch(third, await storeOrder(system, 'marker'));
  await attemptsOf(system, marker.traceId, { outcomes: 1, runs: 1 });
  await attemptsOf(system, traceId, { outcomes: 1, runs: 1 });
  await third.kill();
});

test('API server silent for 20 s: refused in time, nothing missed', async () => {
  const launcher = await startLauncher();
  const orderId = await storeOrder(system, 'outage');
  const { jobName, traceId } = await launch(launcher, orderId);
  system.apiProxy.blackHole();
  const over = delay(OUTAGE_MS);

  const refusedAt = performance.now();
  await assert.rejects(launch(launcher, await storeOrder(system, 'refused')), /503/);
  const refusedAfterMs = performance.now() - refusedAt;
  assert.ok(refusedAfterMs < 5_000, `the poller waits 5 s, the answer took ${refusedAfterMs} ms`);
  assert.equal((await fetch(`${launcher.url}/readyz`)).status, 503);
  await until(
    () => jobsNamed(jobName),
    ([job]) => job?.status?.succeeded === 1,
    { deadlineMs: 60_000 },
  );
  await over;
  system.apiProxy.open();

  const { outcomes } = await attemptsOf(system, traceId, { outcomes: 1, runs: 1 });
  assert.deepEqual(outcomes.map(toldBy), [{ attempt: 1, reason: 'Completed', exitCode: 0, status: 'UNSET' }]);
  const next = await launch(launcher, await storeOrder(system, 'after'));
  await attemptsOf(system, next.traceId, { outcomes: 1, runs: 1 });
  await launcher.kill();
});
