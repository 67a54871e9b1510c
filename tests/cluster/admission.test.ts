import { after, before, test } from 'node:test';
import { propagation } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { waitForTrace } from '@beyond-headers/traces';
import { assertAdmittedTwice, suspendTwice } from '../support/suspended-twice.ts';
import { contextOf, manifestOf } from './support/made-job.ts';
import { startClusterSystem, storeOrder } from './support/system.ts';

propagation.setGlobalPropagator(new W3CTraceContextPropagator());
const system = await startClusterSystem();
after(() => system.stop());
before(() => system.start('job-launcher', system.launcherEnv));

test('Job suspended twice shows both waits before its pods', async () => {
  const traceId = '7'.repeat(32);
  const job = manifestOf(system, await storeOrder(system, 'admitted'), contextOf(traceId));
  job.spec!.template.spec!.containers[0]!.command = ['node', '-e', 'setTimeout(() => {}, 4_000)'];
  await suspendTwice(system.namespace, job);
  await waitForTrace(system.tracesUrl, traceId, assertAdmittedTwice, { deadlineMs: 60_000 });
});
