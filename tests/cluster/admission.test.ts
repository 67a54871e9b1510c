import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { propagation } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { waitForTrace, type Span } from '@beyond-headers/traces';
import { until } from '../support/until.ts';
import { attemptsOf, toldBy } from './support/expectations.ts';
import { holdReport } from './support/hold-report.ts';
import { contextOf, manifestOf } from './support/made-job.ts';
import { startClusterSystem, storeOrder, type ClusterSystem } from './support/system.ts';

/** Longer than the second that Kubernetes' times are cut to. */
const SUSPENDED_MS = 2_500;

let system: ClusterSystem;
before(async () => {
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  system = await startClusterSystem();
  await system.start('job-launcher', system.launcherEnv);
});
after(() => system.stop());

const waits = (spans: Span[]) => spans.filter(({ name }) => name === 'wait admission');

async function setSuspended(name: string, suspend: boolean): Promise<void> {
  const { batch, name: namespace } = system.namespace;
  await batch.patchNamespacedJob({
    namespace,
    name,
    body: [{ op: 'replace', path: '/spec/suspend', value: suspend }],
  });
  await until(
    () => batch.readNamespacedJob({ namespace, name }),
    ({ status }) =>
      status?.conditions?.some(
        ({ type, status: is }) => type === 'Suspended' && is === (suspend ? 'True' : 'False'),
      ),
  );
}

test('Job suspended twice shows both waits before its pods', async () => {
  const traceId = '7'.repeat(32);
  const orderId = await storeOrder(system, 'admitted');
  const held = await holdReport(system, orderId);
  const job = manifestOf(system, orderId, contextOf(traceId));
  job.spec!.suspend = true;
  const { batch, name: namespace } = system.namespace;
  const name = `report-${orderId}`;
  await batch.createNamespacedJob({ namespace, body: job });
  await delay(SUSPENDED_MS);
  await setSuspended(name, false);
  await held.workingPod();
  await setSuspended(name, true);
  await waitForTrace(
    system.tracesUrl,
    traceId,
    (spans) => spans.some(({ name: is }) => is === 'observe report-job'),
    {
      deadlineMs: 60_000,
    },
  );
  await held.release();
  await delay(SUSPENDED_MS);
  await setSuspended(name, false);

  const { all, outcomes } = await attemptsOf(system, traceId, { outcomes: 2, runs: 2 });
  assert.deepEqual(
    outcomes.map(toldBy).map(({ reason, status }) => [reason, status]),
    [
      ['JobSuspended', 'UNSET'],
      ['Completed', 'UNSET'],
    ],
  );
  const [first, second] = waits(all);
  assert.ok(first && second && waits(all).length === 2, `${waits(all).length} waits for admission`);
  for (const [wait, outcome] of [
    [first, outcomes[0]],
    [second, outcomes[1]],
  ] as const) {
    assert.ok(wait.endMs - wait.startMs >= 1_000);
    assert.ok(wait.endMs <= outcome!.startMs, 'the pod ran before its Job was admitted');
    assert.equal(wait.attributes['demo.time.precision'], 1_000);
  }
});
