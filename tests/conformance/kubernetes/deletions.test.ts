import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { V1Job, V1Pod } from '@kubernetes/client-node';
import { until } from '../../support/until.ts';
import { batch, core, namespace } from './support/cluster.ts';
import { createJob, logOf, podsOf, readJob, removeJob } from './support/jobs.ts';
import { shellJob, UNTIL_TERMINATED } from './support/manifests.ts';
import { refusalOf } from './support/refusals.ts';
import { lastOf, openJobWatch, type WatchEvent, watchJob, watchPods } from './support/watches.ts';

const gone = (events: WatchEvent<V1Job | V1Pod>[]): boolean => events.at(-1)?.type === 'DELETED';
const isDeletionAsked = (events: WatchEvent<V1Job>[]): boolean =>
  events.at(-1)?.object.metadata?.deletionTimestamp !== undefined;
const isReady = (log: string): boolean => log.includes('ready');
const running = (events: WatchEvent<V1Pod>[]): boolean => events.at(-1)?.object.status?.phase === 'Running';

describe('a deletion', { concurrency: true }, () => {
  test('in the background a Job is gone at once and its pod follows', async () => {
    const pods = await startRunning('background');
    const answer = await removeJob('background');
    assert.equal((answer as { status?: unknown }).status, 'Success');
    assert.equal((await refusalOf(readJob('background'))).code, 404);
    await assertToldToEnd(pods);
  });

  test('in the foreground a Job stays until its pod is gone', async () => {
    const pods = await startRunning('foreground');
    // Opened before the deletion, because the Job may be gone soon after it.
    const watch = await openJobWatch('foreground', isDeletionAsked);
    await removeJob('foreground', 'Foreground');
    const job = lastOf(await watch());
    assert.deepEqual(job.metadata?.finalizers, ['foregroundDeletion']);
    await assertToldToEnd(pods);
    assert.equal((await until404('foreground')).reason, 'NotFound');
  });

  test('without a policy a deleted Job leaves its pod to run on', async () => {
    await createJob(shellJob('orphaned', { script: 'sleep 2' }));
    await watchPods('orphaned', running);
    await batch.deleteNamespacedJob({ namespace, name: 'orphaned' });
    await until404('orphaned');
    const done = await watchPods('orphaned', (seen) => seen.at(-1)?.object.status?.phase === 'Succeeded');
    assert.equal(lastOf(done).metadata?.ownerReferences, undefined);
  });

  test('a finished Job goes with its pods after its time to live', async () => {
    const spec = { ttlSecondsAfterFinished: 1 };
    const watch = await openJobWatch('short-lived', gone);
    await createJob(shellJob('short-lived', { spec }));
    assert.equal(lastOf(await watch()).status?.succeeded, 1);
    assert.deepEqual(await podsOf('short-lived'), []);
  });

  test('a deleted pod counts as failed and is replaced', async () => {
    await createJob(shellJob('replaced', { script: UNTIL_TERMINATED, spec: { backoffLimit: 1 } }));
    const first = lastOf(await watchPods('replaced', running));
    await core.deleteNamespacedPod({ namespace, name: first.metadata?.name ?? '' });
    const isSecond = (seen: WatchEvent<V1Pod>[]): boolean =>
      seen.some(
        ({ object }) => object.metadata?.name !== first.metadata?.name && object.status?.phase === 'Running',
      );
    await watchPods('replaced', isSecond);
    const job = await watchJob('replaced', (seen) => seen.at(-1)?.object.status?.active === 1);
    assert.equal(lastOf(job).status?.failed, 1);
    await removeJob('replaced');
  });
});

/** Starts a Job that runs until SIGTERM. Returns the watch of its pods, which ends when they are gone. */
async function startRunning(name: string): Promise<{ events: Promise<WatchEvent<V1Pod>[]> }> {
  await createJob(shellJob(name, { script: UNTIL_TERMINATED }));
  const { promise, resolve } = Promise.withResolvers<V1Pod>();
  const events = watchPods(name, (seen) => {
    if (running(seen)) resolve(lastOf(seen));
    return gone(seen);
  });
  const pod = await Promise.race([promise, events.then(lastOf)]);
  // A shell that runs may not handle SIGTERM yet.
  await until(() => logOf(pod), isReady, { what: `${name} to be ready` });
  return { events };
}

async function assertToldToEnd({ events }: { events: Promise<WatchEvent<V1Pod>[]> }): Promise<void> {
  const pod = lastOf(await events);
  assert.equal(pod.status?.phase, 'Failed');
  assert.equal(pod.status?.containerStatuses?.[0]?.state?.terminated?.exitCode, 7);
}

async function until404(name: string): Promise<{ reason: string | undefined }> {
  const query = { namespace, fieldSelector: `metadata.name=${name}` };
  await until(
    () => batch.listNamespacedJob(query),
    ({ items }) => items.length === 0,
    { deadlineMs: 60_000, what: `${name} to be gone` },
  );
  return refusalOf(readJob(name));
}
