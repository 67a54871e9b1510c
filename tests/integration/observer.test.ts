import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { KubeConfig } from '@kubernetes/client-node';
import { createLogger } from '@beyond-headers/service-kit';
import { assertEdges, waitForTrace, type EdgeRow, type Span } from '@beyond-headers/traces';
import { reportJobManifest } from '../../services/job-launcher/job-manifest.ts';
import { connectKubernetes } from '../../services/job-launcher/kubernetes.ts';
import { startObserver } from '../../services/job-launcher/observer/start.ts';
import { assertObservedTimes } from '../support/observed-times.ts';
import { assertAdmittedTwice, suspendTwice } from '../support/suspended-twice.ts';
import { traces } from './support/preload.ts';
import { startTestSystem } from './support/system.ts';

const OBSERVED: EdgeRow[] = [
  ['* PRODUCER launch report-job', '* INTERNAL wait pod'],
  ['* PRODUCER launch report-job', '* INTERNAL observe report-job'],
  ['* PRODUCER launch report-job', 'report-job CONSUMER run report-job'],
];

const system = await startTestSystem('observer');
after(() => system.stop());

function connection() {
  const config = new KubeConfig();
  config.loadFromString(system.kubeconfig);
  return connectKubernetes(config);
}

function observe() {
  const kubernetes = connection();
  const logger = createLogger('test', 'silent');
  return startObserver({ kubernetes, namespace: 'default', replayMs: 60_000, logger });
}

const named = (spans: Span[], name: string) => spans.filter((span) => span.name === name);

/** A crashed attempt has limited time to export its spans, so on a busy machine, some may be missing. */
const isEveryAttemptThere = (spans: Span[]) =>
  named(spans, 'observe report-job').length === 3 && named(spans, 'run report-job').length > 0;

test('outcome of a Job is reported under its launch', async () => {
  const { stop } = observe();
  const { traceId } = await system.placeOrder({ report: true });
  const spans = await waitForTrace(traces.queryUrl, traceId, (found) => assertEdges(found, OBSERVED), {
    deadlineMs: 20_000,
  });
  const outcome = spans.find(({ name }) => name === 'observe report-job');
  assert.equal(outcome?.attributes['process.exit.code'], 0);
  assert.equal(outcome.attributes['demo.job.reason'], 'Completed');
  assertObservedTimes(spans);
  assert.equal(outcome.attributes['demo.time.precision'], undefined, 'the job noted its times');
  await stop();
});

test('attempts that crash are observed to the millisecond too', async () => {
  const { stop } = observe();
  const { traceId } = await system.placeOrder({ report: true, demo: { jobFault: 'crash' } });
  const spans = await waitForTrace(traces.queryUrl, traceId, isEveryAttemptThere, { deadlineMs: 60_000 });
  assertObservedTimes(spans);
  for (const { attributes } of named(spans, 'observe report-job'))
    assert.equal(attributes['demo.time.precision'], undefined);
  await stop();
});

test('Job suspended twice shows both waits before its pods', async () => {
  const { stop } = observe();
  const { batch, core } = connection();
  const traceId = '7'.repeat(32);
  const context = trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId: '3'.repeat(16), traceFlags: 1 });
  const job = reportJobManifest('7'.repeat(24), system.jobSettings, { context, at: new Date() });
  job.spec!.template.spec!.containers[0]!.command = ['sleep', '4'];
  await suspendTwice({ batch, core, name: 'default' }, job);
  await waitForTrace(traces.queryUrl, traceId, assertAdmittedTwice, { deadlineMs: 60_000 });
  await stop();
});

test('two observers report an outcome once', async () => {
  const observers = [observe(), observe()];
  const { traceId } = await system.placeOrder({ report: true });
  const spans = await waitForTrace(traces.queryUrl, traceId, (found) => assertEdges(found, OBSERVED), {
    deadlineMs: 20_000,
  });
  const reported = spans.filter(({ name }) => name === 'wait pod' || name === 'observe report-job');
  assert.equal(reported.length, 2);
  for (const { stop } of observers) await stop();
});

test('trace without the carrier still shows that the pod ran', async () => {
  const { stop } = observe();
  const { traceId } = await system.placeOrder({ report: true, demo: { job: 'off' } });
  const rows = OBSERVED.slice(0, 2);
  const spans = await waitForTrace(traces.queryUrl, traceId, (found) => assertEdges(found, rows), {
    deadlineMs: 20_000,
  });
  assert.ok(!spans.some(({ name }) => name === 'run report-job'));
  await stop();
});
