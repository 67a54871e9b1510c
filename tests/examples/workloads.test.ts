import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertEdges, waitForTrace, type Span } from '@beyond-headers/traces';
import { startClusterFor } from './support/cluster.ts';
import { startTraced } from './support/program.ts';

const JOB = [process.execPath, '--import', '@beyond-headers/telemetry/register', 'job-launcher/job.ts'];

// A Deployment and a custom resource need features of Kubernetes that the stand-in lacks: tests/cluster/workloads.test.ts.
for (const [kind, pods] of [
  ['pod', 1],
  ['indexed-job', 2],
] as const) {
  test(`workloads: ${kind} is in the trace of its launch`, async (t) => {
    const { env, traces } = await startClusterFor(t, 'example-job:1', JOB);
    const args = [kind, 'example-job:1', `${traces.queryUrl}/api/v3/services`];
    const launch = startTraced(t, 'job-launcher/workloads/launch.ts', 'launcher', env, args);
    const traceId = await launch.prints(/trace: (\S+)/);
    const root = `launcher PRODUCER launch example-${kind}`;
    const isJoined = (spans: Span[]) => {
      const gets = spans.filter(({ name, service }) => service === `example-${kind}` && name === 'GET');
      assert.equal(gets.length, pods);
      assertEdges(spans, [
        [null, root],
        [root, 'launcher CLIENT POST'],
        [root, `example-${kind} CLIENT GET`],
      ]);
    };
    await waitForTrace(traces.queryUrl, traceId, isJoined, { deadlineMs: 60_000 });
  });
}
