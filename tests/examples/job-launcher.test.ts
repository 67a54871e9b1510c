import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertEdges, waitForTrace } from '@beyond-headers/traces';
import { BatchV1Api } from '@kubernetes/client-node';
import { startClusterFor } from './support/cluster.ts';
import { startTraced } from './support/program.ts';

const JOB = [process.execPath, '--import', '@beyond-headers/telemetry/register', 'job-launcher/job.ts'];
const argsFor = (queryUrl: string) => ['example-job', 'example-job:1', `${queryUrl}/api/v3/services`];

test('job-launcher before: the Job knows nothing of the launch', async (t) => {
  const { env, config, traces, finished } = await startClusterFor(t, 'example-job:1', JOB);
  const launch = startTraced(t, 'job-launcher/before/launch.ts', 'launcher', env, argsFor(traces.queryUrl));
  const name = await launch.prints(/job: (\S+)/);
  await finished(name);
  const job = await config.makeApiClient(BatchV1Api).readNamespacedJob({ namespace: 'default', name });
  assert.equal(job.spec?.template.spec?.containers[0]?.env, undefined);
});

test('job-launcher after: a job that knows nothing of tracing joins', async (t) => {
  const { env, config, traces, finished } = await startClusterFor(t, 'example-job:1', JOB);
  const launch = startTraced(t, 'job-launcher/after/launch.ts', 'launcher', env, argsFor(traces.queryUrl));
  const [name, traceId] = [await launch.prints(/job: (\S+)/), await launch.prints(/trace: (\S+)/)];
  await finished(name);
  const spans = await waitForTrace(traces.queryUrl, traceId, (spans) =>
    assertEdges(spans, [
      [null, 'launcher PRODUCER launch example-job'],
      ['launcher PRODUCER launch example-job', 'launcher CLIENT POST'],
      ['launcher PRODUCER launch example-job', 'example-job CLIENT GET'],
    ]),
  );
  const { metadata } = await config
    .makeApiClient(BatchV1Api)
    .readNamespacedJob({ namespace: 'default', name });
  const [root] = spans.filter(({ parentSpanId }) => !parentSpanId);
  assert.equal(
    metadata?.annotations?.['tracing.k8s.io/traceparent'],
    `00-${traceId}-${root?.spanId ?? ''}-01`,
  );
  assert.equal(await launch.exit, 0);
});
