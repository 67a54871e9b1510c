import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertEdges, buildTree, waitForTrace, type EdgeRow } from '@beyond-headers/traces';
import { documentCarrier, jobCarrier, launched, reported, written } from '../support/expected-tree.ts';
import { until } from '../support/until.ts';
import { placeOrder, startClusterSystem } from './support/system.ts';

const observed: EdgeRow[] = [
  ['job-launcher PRODUCER launch report-job', 'job-launcher INTERNAL wait pod'],
  ['job-launcher PRODUCER launch report-job', 'job-launcher INTERNAL observe report-job'],
];
const JOB_ATTRIBUTES = ['k8s.job.name', 'k8s.job.uid', 'k8s.pod.name', 'k8s.pod.uid', 'k8s.namespace.name'];

const system = await startClusterSystem();
after(() => system.stop());

test('order, document, Job and pod are one trace', async () => {
  const launcher = await system.start('job-launcher', system.launcherEnv);
  const writer = await system.start('writer', { ...system.databaseEnv, WRITER_PORT: '0' });
  await system.start('poller', { ...system.databaseEnv, POLLER_PORT: '0', JOB_LAUNCHER_URL: launcher.url });

  const { orderId, traceId } = await placeOrder(writer.url, { report: true });
  const rows = [...written, ...documentCarrier, ...launched, ...jobCarrier, ...reported, ...observed];
  const spans = await waitForTrace(system.tracesUrl, traceId, (found) => assertEdges(found, rows), {
    deadlineMs: 60_000,
  });
  const { roots, orphans } = buildTree(spans);
  assert.deepEqual([roots.length, orphans.length], [1, 0]);

  const run = spans.find(({ name }) => name === 'run report-job');
  const outcome = spans.find(({ name }) => name === 'observe report-job');
  for (const name of JOB_ATTRIBUTES) assert.equal(run?.resource[name], outcome?.attributes[name], name);
  const read = () => system.orders.findOne({ _id: orderId });
  const order = await until(read, (found) => found?.status === 'fulfilled');
  assert.deepEqual(order?.traceIds, [traceId]);
  const report = await system.reports.findOne({ _id: orderId });
  assert.deepEqual([report?.orders, report?.totalCents], [1, 700]);

  const { items } = await system.namespace.batch.listNamespacedJob({
    namespace: system.namespace.name,
    labelSelector: `trace-id=${traceId}`,
  });
  assert.deepEqual(
    items.map(({ metadata }) => metadata?.name),
    [`report-${orderId}`],
  );
});
