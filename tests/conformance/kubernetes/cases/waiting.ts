import assert from 'node:assert/strict';
import type { V1Pod } from '@kubernetes/client-node';
import { lastOf, type Contract, type WatchEvent } from '../cluster-under-test.ts';
import type { ContractCase } from '../contract-case.ts';
import { shellJob } from '../manifests.ts';
import { refusalOf } from '../refusals.ts';
import { jobSummary, podSummary, WAITING_CONDITIONS } from '../summaries.ts';

const RUNNING = {
  conditions: [],
  active: 1,
  ready: 0,
  succeeded: 0,
  failed: 0,
  terminating: 0,
  started: true,
  completed: false,
};

/** Pods that can't start, and Jobs that are suspended. */
export const waiting: ContractCase[] = [
  {
    name: 'a pod with an image that is not there stays Pending',
    async run(contract: Contract) {
      const image = 'localhost:1/no-such-image:1';
      const watch = await contract.openPodWatch('no-image', (seen) => hasReason(seen, 'ImagePullBackOff'));
      await contract.createJob(shellJob({ name: 'no-image', image }));
      const events = await watch.events;
      assert.ok(hasReason(events, 'ErrImagePull'));
      assert.deepEqual(podSummary(lastOf(events)), pendingWith('ImagePullBackOff'));
      const message = waitingMessage(lastOf(events));
      assert.ok(
        message.startsWith(
          `Back-off pulling image "${image}": ErrImagePull: failed to pull and unpack image "${image}": `,
        ),
      );
      assert.deepEqual(jobSummary(await contract.readJob('no-image')), RUNNING);
      const refusal = await refusalOf(contract.logOf(lastOf(events)));
      assert.equal(refusal.code, 400);
      assert.match(
        refusal.message,
        /^container "main" in pod ".+" is waiting to start: trying and failing to pull image$/,
      );
      const ending = await contract.openPodWatch('no-image', (seen) => seen.at(-1)?.type === 'DELETED');
      const body = { propagationPolicy: 'Background' };
      await contract.batch.deleteNamespacedJob({ namespace: contract.namespace, name: 'no-image', body });
      const state = lastOf(await ending.events).status?.containerStatuses?.[0]?.state?.terminated;
      assert.deepEqual([state?.reason, state?.exitCode], ['ContainerStatusUnknown', 137]);
    },
  },
  {
    name: 'a pod waits for a Secret and runs once it is there',
    async run(contract: Contract) {
      const { namespace, image } = contract;
      const env = [{ name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'late-secret', key: 'token' } } }];
      await contract.createJob(
        shellJob({ name: 'no-secret', image, container: { env, command: ['sh', '-c', 'echo $TOKEN'] } }),
      );
      const events = await contract.watchPods('no-secret', (seen) =>
        hasReason(seen, 'CreateContainerConfigError'),
      );
      assert.deepEqual(podSummary(lastOf(events)), pendingWith('CreateContainerConfigError'));
      assert.equal(waitingMessage(lastOf(events)), 'secret "late-secret" not found');
      await contract.core.createNamespacedSecret({
        namespace,
        body: { metadata: { name: 'late-secret' }, stringData: { token: 'abc' } },
      });
      await contract.finished('no-secret');
      const [pod] = await contract.podsOf('no-secret');
      assert.ok(pod);
      assert.equal(await contract.logOf(pod), 'abc\n');
    },
  },
  {
    name: 'a suspended Job has no pods until it is resumed',
    async run(contract: Contract) {
      const { namespace, image } = contract;
      await contract.createJob(shellJob({ name: 'suspended', image, spec: { suspend: true } }));
      const events = await contract.watchJob(
        'suspended',
        (seen) => (seen.at(-1)?.object.status?.conditions ?? []).length > 0,
      );
      assert.deepEqual(jobSummary(lastOf(events)), {
        ...RUNNING,
        conditions: ['Suspended=True JobSuspended: Job suspended'],
        active: 0,
        started: false,
      });
      assert.deepEqual(await contract.podsOf('suspended'), []);
      const resume = [{ op: 'replace', path: '/spec/suspend', value: false }];
      await contract.batch.patchNamespacedJob({ namespace, name: 'suspended', body: resume });
      const done = await contract.finished('suspended');
      const conditions = (done.status?.conditions ?? []).map(
        ({ type, status, reason }) => `${type}=${status} ${reason}`,
      );
      assert.deepEqual(conditions, [
        'Suspended=False JobResumed',
        'SuccessCriteriaMet=True CompletionsReached',
        'Complete=True CompletionsReached',
      ]);
    },
  },
];

function pendingWith(reason: string): object {
  const containers = [{ name: 'main', ready: false, restartCount: 0, state: `waiting ${reason}` }];
  return { phase: 'Pending', conditions: WAITING_CONDITIONS, containers };
}

function hasReason(events: WatchEvent<V1Pod>[], reason: string): boolean {
  return events.some(
    ({ object }) => object.status?.containerStatuses?.[0]?.state?.waiting?.reason === reason,
  );
}

function waitingMessage(pod: V1Pod): string {
  return pod.status?.containerStatuses?.[0]?.state?.waiting?.message ?? '';
}
