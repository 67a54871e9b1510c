import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { propagation, type Context } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import type { V1Job } from '@kubernetes/client-node';
import { fetchTrace, waitForTrace, type Span } from '@beyond-headers/traces';
import { until } from '../support/until.ts';
import { attemptsOf } from './support/expectations.ts';
import { contextOf, manifestOf } from './support/made-job.ts';
import { startClusterSystem, storeOrder } from './support/system.ts';

const COMPLETIONS = 3;

propagation.setGlobalPropagator(new W3CTraceContextPropagator());
const system = await startClusterSystem();
after(() => system.stop());
// The launcher's observer reports every Job with the label, from any creator.
before(() => system.start('job-launcher', system.launcherEnv));

test('Indexed Job has a run for each index under one launch', async () => {
  const traceId = '1'.repeat(32);
  const orderId = await storeOrder(system, 'indexed');
  const job = manifestOf(system, orderId, contextOf(traceId));
  Object.assign(job.spec!, { completionMode: 'Indexed', completions: COMPLETIONS, parallelism: COMPLETIONS });
  const { batch, name: namespace } = system.namespace;
  await batch.createNamespacedJob({ namespace, body: job });

  const { runs, outcomes } = await attemptsOf(system, traceId, { outcomes: COMPLETIONS, runs: COMPLETIONS });
  assert.deepEqual(indexes(runs), [0, 1, 2]);
  assert.deepEqual(indexes(outcomes), [0, 1, 2]);
  for (const { attributes } of [...runs, ...outcomes]) assert.equal(attributes['demo.attempt'], 1);
  assert.equal(await system.reports.countDocuments({ _id: orderId }), 1);
});

test('each run of a CronJob is a trace that links back', async () => {
  const creator = '2'.repeat(32);
  const orderId = await storeOrder(system, 'cron');
  const jobs = await twoRuns(cronJobTemplate(orderId, contextOf(creator)));

  const read = () => system.orders.findOne({ _id: orderId });
  const order = await until(read, (found) => found?.traceIds.length === 2, { deadlineMs: 60_000 });
  const runs = await Promise.all((order?.traceIds ?? []).map((traceId) => runOf(traceId)));
  assert.equal(new Set([...runs.map(({ traceId }) => traceId), creator]).size, 3, 'three traces');
  for (const run of runs) {
    assert.equal(run.parentSpanId, undefined);
    assert.deepEqual(
      run.links.map(({ traceId }) => traceId),
      [creator],
    );
  }
  const names = runs.map(({ resource }) => resource['k8s.job.name'] as string);
  assert.deepEqual(names.toSorted(inOrder), jobs);
  // The marker is reported after the other Jobs. So when its outcome is there, they have been reported, too.
  const marker = '4'.repeat(32);
  const { batch, name: namespace } = system.namespace;
  const body = manifestOf(system, await storeOrder(system, 'marker'), contextOf(marker));
  await batch.createNamespacedJob({ namespace, body });
  await attemptsOf(system, marker, { outcomes: 1, runs: 1 });
  assert.deepEqual(await fetchTrace(system.tracesUrl, creator), [], 'the creator’s trace does not grow');
});

/**
 * Returns a template that carries the context of the CronJob's creation. It does so as long as the CronJob exists, so runs must only link
 * to it.
 */
function cronJobTemplate(orderId: string, context: Context): V1Job {
  const job = manifestOf(system, orderId, context);
  job.spec?.template.spec?.containers[0]?.env?.push({ name: 'TRACE_SHAPE', value: 'link' });
  return job;
}

/** Creates two Jobs from a CronJob's template, as `kubectl create job --from` does. Waiting for a schedule would take minutes. */
async function twoRuns({ metadata, spec }: V1Job): Promise<string[]> {
  const { batch, name: namespace } = system.namespace;
  const { labels, annotations } = metadata ?? {};
  await batch.createNamespacedCronJob({
    namespace,
    body: {
      metadata: { name: 'nightly-report' },
      spec: { schedule: '0 3 * * *', jobTemplate: { metadata: { labels, annotations }, spec } },
    },
  });
  const names = ['nightly-report-1', 'nightly-report-2'];
  for (const name of names) {
    await batch.createNamespacedJob({ namespace, body: { metadata: { name, labels, annotations }, spec } });
  }
  return names;
}

async function runOf(traceId: string): Promise<Span> {
  const spans = await waitForTrace(system.tracesUrl, traceId, (found) => found.some(isRun));
  return spans.find(isRun)!;
}

const indexes = (spans: Span[]): number[] =>
  spans.map(({ attributes }) => Number(attributes['demo.completion.index'])).toSorted((a, b) => a - b);

const inOrder = (a: string, b: string): number => a.localeCompare(b);

const isRun = ({ name }: Span): boolean => name === 'run report-job';
