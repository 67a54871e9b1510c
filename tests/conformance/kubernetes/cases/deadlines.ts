import assert from 'node:assert/strict';
import type { V1Job, V1Pod } from '@kubernetes/client-node';
import { lastOf, type Contract, type WatchEvent } from '../cluster-under-test.ts';
import type { ContractCase } from '../contract-case.ts';
import { shellJob, UNTIL_TERMINATED } from '../manifests.ts';
import { BACKOFF_EXCEEDED, DEADLINE_EXCEEDED, ended, jobSummary, podSummary } from '../summaries.ts';

const STUBBORN = 'trap "echo no" TERM; echo ready; while true; do sleep 0.1; done';
const gone = (events: WatchEvent<V1Pod>[]): boolean => events.at(-1)?.type === 'DELETED';

/** Jobs that take too long, or fail too often in one pod. */
export const deadlines: ContractCase[] = [
  {
    name: 'the pod of a Job over its deadline is asked to end, then removed',
    async run(contract: Contract) {
      const spec = { activeDeadlineSeconds: 4, backoffLimit: 3 };
      const watch = await contract.openPodWatch('late', gone);
      await contract.createJob(
        shellJob({ name: 'late', image: contract.image, script: UNTIL_TERMINATED, spec }),
      );
      const pods = await watch.events;
      assert.deepEqual(lastStates(pods), [
        'Failed',
        { name: 'main', ready: false, restartCount: 0, state: 'terminated Error 7' },
      ]);
      assert.equal(lastOf(pods).metadata?.deletionGracePeriodSeconds, 0);
      assert.deepEqual(
        jobSummary(await contract.finished('late')),
        ended({ failed: 1 }, ...DEADLINE_EXCEEDED),
      );
    },
  },
  {
    name: 'a pod that does not end in its grace period is killed',
    async run(contract: Contract) {
      const parts = { spec: { activeDeadlineSeconds: 4 }, pod: { terminationGracePeriodSeconds: 1 } };
      const watch = await contract.openPodWatch('stubborn', gone);
      await contract.createJob(
        shellJob({ name: 'stubborn', image: contract.image, script: STUBBORN, ...parts }),
      );
      const pods = await watch.events;
      assert.deepEqual(lastStates(pods), [
        'Failed',
        { name: 'main', ready: false, restartCount: 0, state: 'terminated Error 137' },
      ]);
      assert.deepEqual(
        jobSummary(await contract.finished('stubborn')),
        ended({ failed: 1 }, ...DEADLINE_EXCEEDED),
      );
    },
  },
  {
    name: 'the deadline of a pod ends it with its reason',
    leftOut: {
      call: (contract) => contract.createJob(latePodJob(contract.image)),
      names: 'spec.template.spec.activeDeadlineSeconds',
    },
    async run(contract: Contract) {
      const run = await contract.runJob(latePodJob(contract.image));
      assert.deepEqual(jobSummary(run.job), ended({ failed: 1 }, ...BACKOFF_EXCEEDED));
      const [pod] = run.pods;
      assert.equal(pod?.status?.phase, 'Failed');
      assert.equal(pod?.status?.reason, 'DeadlineExceeded');
      assert.equal(pod?.status?.message, 'Pod was active on the node longer than the specified deadline');
    },
  },
  {
    name: 'with OnFailure a container restarts in its pod until the limit',
    leftOut: {
      call: (contract) =>
        contract.createJob(
          shellJob({ name: 'restarts', image: contract.image, pod: { restartPolicy: 'OnFailure' } }),
        ),
      names:
        'spec.template.spec.restartPolicy: Forbidden: this stand-in for Kubernetes does not serve "OnFailure"',
    },
    async run(contract: Contract) {
      const parts = { pod: { restartPolicy: 'OnFailure' }, spec: { backoffLimit: 1 } };
      const watch = await contract.openPodWatch('restarts', gone);
      await contract.createJob(
        shellJob({ name: 'restarts', image: contract.image, script: 'exit 2', ...parts }),
      );
      const pods = await watch.events;
      const restarts = pods.map(({ object }) => object.status?.containerStatuses?.[0]?.restartCount ?? 0);
      assert.equal(Math.max(...restarts), 1);
      assert.equal(new Set(pods.map(({ object }) => object.metadata?.uid)).size, 1);
      assert.deepEqual(
        jobSummary(await contract.finished('restarts')),
        ended({ failed: 1 }, ...BACKOFF_EXCEEDED),
      );
    },
  },
];

function latePodJob(image: string): V1Job {
  const pod = { activeDeadlineSeconds: 3 };
  return shellJob({ name: 'pod-late', image, script: UNTIL_TERMINATED, pod });
}

function lastStates(events: WatchEvent<V1Pod>[]): unknown[] {
  const { phase, containers } = podSummary(lastOf(events)) as { phase: string; containers: unknown[] };
  return [phase, ...containers];
}
