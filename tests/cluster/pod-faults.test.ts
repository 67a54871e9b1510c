import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { propagation } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { attemptsOf, isEnded, toldBy } from './support/expectations.ts';
import { holdReport } from './support/hold-report.ts';
import { killContainer } from './support/kill-container.ts';
import { contextOf, manifestOf } from './support/made-job.ts';
import type { ServiceProcess } from './support/processes.ts';
import { launch, startClusterSystem, statusOf, storeOrder } from './support/system.ts';

const TELEMETRY = ['--import', '@beyond-headers/telemetry/register'];
/** Far exceeds the limit. With a limit just below what the job needs, the kernel would be busy for a minute before the OOM kill. */
const EATS_MEMORY = 'const eaten = []; for (;;) eaten.push(Buffer.alloc(8 << 20, 1));';

const NEVER_ENDS = `import('@opentelemetry/api').then(({ trace }) => {
  trace.getTracer('test').startSpan('run report-job');
  setInterval(() => {}, 1_000);
});`;

propagation.setGlobalPropagator(new W3CTraceContextPropagator());
const system = await startClusterSystem();
after(() => system.stop());

const startLauncher = (env: NodeJS.ProcessEnv = {}): Promise<ServiceProcess> =>
  system.start('job-launcher', { ...system.launcherEnv, ...env });

const tracesOf = async (orderId: string) => (await system.orders.findOne({ _id: orderId }))?.traceIds;
const reportsOf = (orderId: string) => system.reports.countDocuments({ _id: orderId });

test('pod killed for its memory leaves an outcome', async () => {
  const launcher = await startLauncher();
  const orderId = await storeOrder(system, 'oom');
  const traceId = '5'.repeat(32);
  const job = manifestOf(system, orderId, contextOf(traceId));
  job.spec!.template.spec!.containers[0]!.command = ['node', ...TELEMETRY, '-e', EATS_MEMORY];
  const { batch, name: namespace } = system.namespace;
  await batch.createNamespacedJob({ namespace, body: job });

  const status = await statusOf(system, launcher, `report-${orderId}`, isEnded);
  assert.equal(status.reason, 'BackoffLimitExceeded');
  assert.deepEqual(
    status.attempts.map(({ reason, exitCode }) => ({ reason, exitCode })),
    [{ reason: 'OOMKilled', exitCode: 137 }],
  );
  const { outcomes } = await attemptsOf(system, traceId, { outcomes: 1, runs: 0 });
  assert.deepEqual(outcomes.map(toldBy), [
    { attempt: 1, reason: 'OOMKilled', exitCode: 137, status: 'ERROR' },
  ]);
  assert.equal(await reportsOf(orderId), 0);
  await launcher.kill();
});

test('failed attempt and the next are linked siblings', async () => {
  const launcher = await startLauncher();
  const orderId = await storeOrder(system, 'retry');
  const database = system.reports.db;
  await database.createCollection('reports').catch(() => {});
  await database.command({ collMod: 'reports', validator: { customer: { $ne: 'retry' } } });
  const { jobName, traceId } = await launch(launcher, orderId);
  await statusOf(system, launcher, jobName, ({ attempts }) => attempts[0]?.exitCode === 1);
  await database.command({ collMod: 'reports', validator: {} });

  assert.equal((await statusOf(system, launcher, jobName, isEnded)).phase, 'succeeded');
  const { runs, outcomes } = await attemptsOf(system, traceId, { outcomes: 2, runs: 2 });
  assert.deepEqual(outcomes.map(toldBy), [
    { attempt: 1, reason: 'Error', exitCode: 1, status: 'ERROR' },
    { attempt: 2, reason: 'Completed', exitCode: 0, status: 'UNSET' },
  ]);
  const [first, second] = runs;
  assert.deepEqual(
    second?.links.map(({ traceId, spanId }) => ({ traceId, spanId })),
    [{ traceId: first?.traceId, spanId: first?.spanId }],
  );
  assert.deepEqual(
    runs.map(({ resource }) => resource['k8s.pod.uid']),
    outcomes.map(({ attributes }) => attributes['k8s.pod.uid']),
  );
  assert.equal(await reportsOf(orderId), 1);
  assert.deepEqual(await tracesOf(orderId), [traceId]);
  await launcher.kill();
});

test('container killed with -9 is reported and retried', async (context) => {
  const launcher = await startLauncher();
  const orderId = await storeOrder(system, 'killed');
  const held = await holdReport(system, orderId);
  const { jobName, traceId } = await launch(launcher, orderId);
  const isKilled = await killContainer(system, await held.workingPod());
  await held.release();
  if (!isKilled) return context.skip('the containers of this cluster are not processes of this machine');

  assert.equal((await statusOf(system, launcher, jobName, isEnded)).phase, 'succeeded');
  const { outcomes, runs } = await attemptsOf(system, traceId, { outcomes: 2, runs: 1 });
  assert.deepEqual(outcomes.map(toldBy), [
    { attempt: 1, reason: 'Error', exitCode: 137, status: 'ERROR' },
    { attempt: 2, reason: 'Completed', exitCode: 0, status: 'UNSET' },
  ]);
  assert.equal(runs[0]?.attributes['demo.attempt'], 2);
  assert.equal(runs[0]?.links.length, 1, 'linked to the attempt that could not export');
  assert.equal(await reportsOf(orderId), 1);
  await launcher.kill();
});

test('missing image is named while and after it waits', async () => {
  const launcher = await startLauncher({
    JOB_IMAGE: 'registry.invalid/nothing:1',
    JOB_DEADLINE_SECONDS: '8',
  });
  const orderId = await storeOrder(system, 'no-image');
  const { jobName, traceId } = await launch(launcher, orderId);

  const waiting = await statusOf(system, launcher, jobName, ({ reason }) => reason !== undefined);
  assert.deepEqual(
    { phase: waiting.phase, reason: waiting.reason },
    { phase: 'pending', reason: 'ErrImagePull' },
  );
  const failed = await statusOf(system, launcher, jobName, isEnded);
  assert.equal(failed.reason, 'DeadlineExceeded');
  const { outcomes, waits } = await attemptsOf(system, traceId, { outcomes: 1, runs: 0 });
  assert.equal(toldBy(outcomes[0]!).reason, 'ErrImagePull');
  assert.equal(waits[0]?.status.code, 'ERROR');
  assert.equal(waits[0]?.attributes['error.type'], 'ErrImagePull');
  assert.equal(await reportsOf(orderId), 0);
  await launcher.kill();
});

test('deadline ends the pod and the run says so', async () => {
  const launcher = await startLauncher();
  const orderId = await storeOrder(system, 'deadline');
  const traceId = '6'.repeat(32);
  const job = manifestOf(system, orderId, contextOf(traceId));
  job.spec!.activeDeadlineSeconds = 10;
  job.spec!.template.spec!.containers[0]!.command = ['node', ...TELEMETRY, '-e', NEVER_ENDS];
  const { batch, name: namespace } = system.namespace;
  await batch.createNamespacedJob({ namespace, body: job });

  const status = await statusOf(system, launcher, `report-${orderId}`, isEnded);
  assert.equal(status.reason, 'DeadlineExceeded');
  const { outcomes, runs } = await attemptsOf(system, traceId, { outcomes: 1, runs: 1 });
  assert.deepEqual(outcomes.map(toldBy), [
    { attempt: 1, reason: 'DeadlineExceeded', exitCode: 143, status: 'ERROR' },
  ]);
  assert.equal(runs[0]?.status.code, 'ERROR');
  assert.equal(await reportsOf(orderId), 0);
  await launcher.kill();
});

test('Job deleted while it runs leaves an outcome', async () => {
  const launcher = await startLauncher();
  const orderId = await storeOrder(system, 'deleted');
  const held = await holdReport(system, orderId);
  const { jobName, traceId } = await launch(launcher, orderId);
  await held.workingPod();
  const { batch, name: namespace } = system.namespace;
  await batch.deleteNamespacedJob({ namespace, name: jobName, propagationPolicy: 'Background' });

  const { outcomes } = await attemptsOf(system, traceId, { outcomes: 1, runs: 1 });
  await held.release();
  assert.equal(toldBy(outcomes[0]!).reason, 'JobDeleted');
  assert.equal((await fetch(`${launcher.url}/reports/${jobName}`)).status, 404);
  assert.deepEqual(await tracesOf(orderId), [traceId]);
  await launcher.kill();
});
