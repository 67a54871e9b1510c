import assert from 'node:assert/strict';
import type { V1Job, V1Pod } from '@kubernetes/client-node';
import { lastOf, type Contract, type WatchEvent } from '../cluster-under-test.ts';
import type { ContractCase } from '../contract-case.ts';
import { shellJob, UNTIL_TERMINATED } from '../manifests.ts';
import { until } from '../../../support/until.ts';
import { refusalOf } from '../refusals.ts';

const gone = (events: WatchEvent<V1Job | V1Pod>[]): boolean => events.at(-1)?.type === 'DELETED';
const isDeletionAsked = (events: WatchEvent<V1Job>[]): boolean =>
  events.at(-1)?.object.metadata?.deletionTimestamp !== undefined;
const isReady = (log: string): boolean => log.includes('ready');
const running = (events: WatchEvent<V1Pod>[]): boolean => events.at(-1)?.object.status?.phase === 'Running';

/** Deletions of Jobs and pods. */
export const deletions: ContractCase[] = [
  {
    name: 'in the background a Job is gone at once and its pod follows',
    async run(contract: Contract) {
      const pods = await startRunning(contract, 'background');
      const answer = await remove(contract, 'background', 'Background');
      assert.equal((answer as { status?: unknown }).status, 'Success');
      assert.equal((await refusalOf(contract.readJob('background'))).code, 404);
      await assertToldToEnd(pods);
    },
  },
  {
    name: 'in the foreground a Job stays until its pod is gone',
    async run(contract: Contract) {
      const pods = await startRunning(contract, 'foreground');
      // Opened before the deletion, because the Job may be gone soon after it.
      const watch = await contract.openJobWatch('foreground', isDeletionAsked);
      await remove(contract, 'foreground', 'Foreground');
      const job = lastOf(await watch.events);
      assert.deepEqual(job.metadata?.finalizers, ['foregroundDeletion']);
      await assertToldToEnd(pods);
      assert.equal((await until404(contract, 'foreground')).reason, 'NotFound');
    },
  },
  {
    name: 'without a policy a deleted Job leaves its pod to run on',
    async run(contract: Contract) {
      const parts = { name: 'orphaned', image: contract.image, script: 'sleep 2' };
      await contract.createJob(shellJob(parts));
      await contract.watchPods('orphaned', running);
      await contract.batch.deleteNamespacedJob({ namespace: contract.namespace, name: 'orphaned' });
      await until404(contract, 'orphaned');
      const done = await contract.watchPods(
        'orphaned',
        (seen) => seen.at(-1)?.object.status?.phase === 'Succeeded',
      );
      assert.equal(lastOf(done).metadata?.ownerReferences, undefined);
    },
  },
  {
    name: 'a finished Job goes with its pods after its time to live',
    async run(contract: Contract) {
      const spec = { ttlSecondsAfterFinished: 1 };
      const watch = await contract.openJobWatch('short-lived', gone);
      await contract.createJob(shellJob({ name: 'short-lived', image: contract.image, spec }));
      assert.equal(lastOf(await watch.events).status?.succeeded, 1);
      assert.deepEqual(await contract.podsOf('short-lived'), []);
    },
  },
  {
    name: 'a deleted pod counts as failed and is replaced',
    async run(contract: Contract) {
      const { namespace, image } = contract;
      const script = UNTIL_TERMINATED;
      await contract.createJob(shellJob({ name: 'replaced', image, script, spec: { backoffLimit: 1 } }));
      const first = lastOf(await contract.watchPods('replaced', running));
      await contract.core.deleteNamespacedPod({ namespace, name: first.metadata?.name ?? '' });
      const isSecond = (seen: WatchEvent<V1Pod>[]): boolean =>
        seen.some(
          ({ object }) =>
            object.metadata?.name !== first.metadata?.name && object.status?.phase === 'Running',
        );
      await contract.watchPods('replaced', isSecond);
      const job = await contract.watchJob('replaced', (seen) => seen.at(-1)?.object.status?.active === 1);
      assert.equal(lastOf(job).status?.failed, 1);
      await remove(contract, 'replaced', 'Background');
    },
  },
];

/** Starts a Job that runs until SIGTERM. Returns the watch of its pods, which ends when they are gone. */
async function startRunning(
  contract: Contract,
  name: string,
): Promise<{ events: Promise<WatchEvent<V1Pod>[]> }> {
  await contract.createJob(shellJob({ name, image: contract.image, script: UNTIL_TERMINATED }));
  const { promise, resolve } = Promise.withResolvers<V1Pod>();
  const events = contract.watchPods(name, (seen) => {
    if (running(seen)) resolve(lastOf(seen));
    return gone(seen);
  });
  const pod = await Promise.race([promise, events.then(lastOf)]);
  // A shell that runs may not handle SIGTERM yet.
  await until(() => contract.logOf(pod), isReady, { what: `${name} to be ready` });
  return { events };
}

async function assertToldToEnd({ events }: { events: Promise<WatchEvent<V1Pod>[]> }): Promise<void> {
  const pod = lastOf(await events);
  assert.equal(pod.status?.phase, 'Failed');
  assert.equal(pod.status?.containerStatuses?.[0]?.state?.terminated?.exitCode, 7);
}

function remove(contract: Contract, name: string, propagationPolicy: string): Promise<object> {
  return contract.batch.deleteNamespacedJob({
    namespace: contract.namespace,
    name,
    body: { propagationPolicy },
  });
}

async function until404(contract: Contract, name: string): Promise<{ reason: string | undefined }> {
  const query = { namespace: contract.namespace, fieldSelector: `metadata.name=${name}` };
  await until(
    () => contract.batch.listNamespacedJob(query),
    ({ items }) => items.length === 0,
    {
      deadlineMs: 60_000,
      what: `${name} to be gone`,
    },
  );
  return refusalOf(contract.readJob(name));
}
