import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { V1Pod } from '@kubernetes/client-node';
import { core, namespace } from './support/cluster.ts';
import { createJob, finished, logOf, podsOf, readJob, removeJob } from './support/jobs.ts';
import { shellJob } from './support/manifests.ts';
import { refusalOf } from './support/refusals.ts';
import { jobSummary, podSummary, unfinished, WAITING_CONDITIONS } from './support/summaries.ts';
import { lastOf, openPodWatch, type WatchEvent, watchPods } from './support/watches.ts';

describe('a pod that waits', { concurrency: true }, () => {
  test('a pod with an image that is not there stays Pending', async () => {
    const image = 'localhost:1/no-such-image:1';
    const watch = await openPodWatch('no-image', (seen) => hasReason(seen, 'ImagePullBackOff'));
    await createJob(shellJob('no-image', { image }));
    const events = await watch();
    assert.ok(hasReason(events, 'ErrImagePull'));
    assert.deepEqual(podSummary(lastOf(events)), pendingWith('ImagePullBackOff'));
    const message = waitingMessage(lastOf(events));
    assert.ok(
      message.startsWith(
        `Back-off pulling image "${image}": ErrImagePull: failed to pull and unpack image "${image}": `,
      ),
    );
    assert.deepEqual(jobSummary(await readJob('no-image')), unfinished({ active: 1 }));
    const refusal = await refusalOf(logOf(lastOf(events)));
    assert.equal(refusal.code, 400);
    assert.match(
      refusal.message,
      /^container "main" in pod ".+" is waiting to start: trying and failing to pull image$/,
    );
    const ending = await openPodWatch('no-image', (seen) => seen.at(-1)?.type === 'DELETED');
    await removeJob('no-image');
    const state = lastOf(await ending()).status?.containerStatuses?.[0]?.state?.terminated;
    assert.deepEqual([state?.reason, state?.exitCode], ['ContainerStatusUnknown', 137]);
  });

  test('a pod waits for a Secret and runs once it is there', async () => {
    const env = [{ name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'late-secret', key: 'token' } } }];
    await createJob(shellJob('no-secret', { container: { env, command: ['sh', '-c', 'echo $TOKEN'] } }));
    const events = await watchPods('no-secret', (seen) => hasReason(seen, 'CreateContainerConfigError'));
    assert.deepEqual(podSummary(lastOf(events)), pendingWith('CreateContainerConfigError'));
    assert.equal(waitingMessage(lastOf(events)), 'secret "late-secret" not found');
    await core.createNamespacedSecret({
      namespace,
      body: { metadata: { name: 'late-secret' }, stringData: { token: 'abc' } },
    });
    await finished('no-secret');
    const [pod] = await podsOf('no-secret');
    assert.equal(await logOf(pod), 'abc\n');
  });
});

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
