import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { V1Pod } from '@kubernetes/client-node';
import { createJob, finished, runJob } from './support/jobs.ts';
import { shellJob, UNTIL_TERMINATED } from './support/manifests.ts';
import { leftOut } from './support/refusals.ts';
import { BACKOFF_EXCEEDED, DEADLINE_EXCEEDED, ended, jobSummary, podSummary } from './support/summaries.ts';
import { lastOf, openPodWatch, type WatchEvent, watchPods } from './support/watches.ts';

const STUBBORN = 'trap "echo no" TERM; echo ready; while true; do sleep 0.1; done';
const gone = (events: WatchEvent<V1Pod>[]): boolean => events.at(-1)?.type === 'DELETED';

describe('a Job that takes too long, or fails in one pod', { concurrency: true }, () => {
  test('the pod of a Job over its deadline is asked to end, then removed', async () => {
    const spec = { activeDeadlineSeconds: 4, backoffLimit: 3 };
    const watch = await openPodWatch('late', gone);
    await createJob(shellJob('late', { script: UNTIL_TERMINATED, spec }));
    const pods = await watch();
    assert.deepEqual(lastStates(pods), [
      'Failed',
      { name: 'main', ready: false, restartCount: 0, state: 'terminated Error 7' },
    ]);
    assert.equal(lastOf(pods).metadata?.deletionGracePeriodSeconds, 0);
    assert.deepEqual(jobSummary(await finished('late')), ended({ failed: 1 }, ...DEADLINE_EXCEEDED));
  });

  test('a pod that does not end in its grace period is killed', async () => {
    const parts = { spec: { activeDeadlineSeconds: 4 }, pod: { terminationGracePeriodSeconds: 1 } };
    const watch = await openPodWatch('stubborn', gone);
    await createJob(shellJob('stubborn', { script: STUBBORN, ...parts }));
    const pods = await watch();
    assert.deepEqual(lastStates(pods), [
      'Failed',
      { name: 'main', ready: false, restartCount: 0, state: 'terminated Error 137' },
    ]);
    assert.deepEqual(jobSummary(await finished('stubborn')), ended({ failed: 1 }, ...DEADLINE_EXCEEDED));
  });

  test(
    'the deadline of a pod ends it with its reason',
    leftOut('spec.template.spec.activeDeadlineSeconds', async () => {
      const run = await runJob(
        shellJob('pod-late', { script: UNTIL_TERMINATED, pod: { activeDeadlineSeconds: 3 } }),
      );
      assert.deepEqual(jobSummary(run.job), ended({ failed: 1 }, ...BACKOFF_EXCEEDED));
      const [pod] = run.pods;
      assert.equal(pod?.status?.phase, 'Failed');
      assert.equal(pod?.status?.reason, 'DeadlineExceeded');
      assert.equal(pod?.status?.message, 'Pod was active on the node longer than the specified deadline');
    }),
  );

  test(
    'with OnFailure a container restarts in its pod until the limit',
    leftOut('not serve "OnFailure"', async () => {
      const parts = { pod: { restartPolicy: 'OnFailure' }, spec: { backoffLimit: 1 } };
      await createJob(shellJob('restarts', { script: 'exit 2', ...parts }));
      const pods = await watchPods('restarts', gone);
      const restarts = pods.map(({ object }) => object.status?.containerStatuses?.[0]?.restartCount ?? 0);
      assert.equal(Math.max(...restarts), 1);
      assert.equal(new Set(pods.map(({ object }) => object.metadata?.uid)).size, 1);
      assert.deepEqual(jobSummary(await finished('restarts')), ended({ failed: 1 }, ...BACKOFF_EXCEEDED));
    }),
  );
});

function lastStates(events: WatchEvent<V1Pod>[]): unknown[] {
  const { phase, containers } = podSummary(lastOf(events)) as { phase: string; containers: unknown[] };
  return [phase, ...containers];
}
