import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { makeInformer, PatchStrategy, type V1Job } from '@kubernetes/client-node';
import { batch, config, namespace } from './support/cluster.ts';
import { changeJob, createJob, finished, isFinished, removeJob } from './support/jobs.ts';
import { shellJob } from './support/manifests.ts';
import { eventsUntilClosed, lastOf, openJobWatch, type WatchEvent, watchJob } from './support/watches.ts';

const INITIAL_EVENTS_END = 'k8s.io/initial-events-end';

describe('a watch', { concurrency: true }, () => {
  test('a watch shows a Job from its creation to its end', async () => {
    const watch = await openJobWatch('watched', (seen) => isFinished(seen.at(-1)?.object));
    await createJob(shellJob('watched', { script: 'sleep 3' }));
    const events = await watch();
    assert.deepEqual(
      [events[0]?.type, new Set(events.slice(1).map(({ type }) => type))],
      ['ADDED', new Set(['MODIFIED'])],
    );
    const versions = events.map(({ object }) => Number(object.metadata?.resourceVersion));
    assert.deepEqual(
      versions,
      versions.toSorted((a, b) => a - b),
    );
    assert.deepEqual(milestones(events), ['active', 'active,ready', 'SuccessCriteriaMet', 'Complete']);
  });

  test('a watch goes on from a resource version without loss', async () => {
    const created = await createJob(shellJob('resumed'));
    await finished('resumed');
    const since = created.metadata?.resourceVersion ?? '';
    const types = await typesOf({
      fieldSelector: 'metadata.name=resumed',
      resourceVersion: since,
      timeoutSeconds: 1,
    });
    assert.ok(types.length > 0);
    assert.deepEqual(new Set(types), new Set(['MODIFIED']));
  });

  test('a watch ends without an error when its time is up', async () => {
    const types = await typesOf({ fieldSelector: 'metadata.name=not-there', timeoutSeconds: 1 });
    assert.deepEqual(types, []);
  });

  test('objects appear and vanish for a watch as their labels change', async () => {
    const created = await createJob(shellJob('relabelled', { spec: { suspend: true } }));
    const query = {
      labelSelector: 'case=relabelled',
      resourceVersion: created.metadata?.resourceVersion ?? '',
      timeoutSeconds: 3,
    };
    const types = typesOf(query);
    await setLabel('relabelled', 'relabelled');
    await setLabel('relabelled', 'other');
    assert.deepEqual(await types, ['ADDED', 'DELETED']);
  });

  test('an informer keeps what a list and a watch deliver', async () => {
    const labelSelector = 'case=informed';
    const path = `/apis/batch/v1/namespaces/${namespace}/jobs`;
    const informer = makeInformer<V1Job>(
      config,
      path,
      () => batch.listNamespacedJob({ namespace, labelSelector }),
      labelSelector,
    );
    const { promise: complete, resolve } = Promise.withResolvers<void>();
    const { promise: deleted, resolve: resolveDeleted } = Promise.withResolvers<void>();
    informer.on('update', (job) => isFinished(job) && resolve());
    informer.on('delete', () => resolveDeleted());
    await informer.start();
    await createJob(shellJob('informed', { metadata: { labels: { case: 'informed' } } }));
    await complete;
    assert.equal(informer.get('informed', namespace)?.status?.succeeded, 1);
    await removeJob('informed');
    await deleted;
    await informer.stop();
    assert.deepEqual(informer.list(namespace), []);
  });

  test('a watch from any version ends what there is with a bookmark', async () => {
    const name = 'bookmarked';
    await createJob(shellJob(name, { spec: { suspend: true } }));
    const check = async (version: object) => {
      const query = { fieldSelector: `metadata.name=${name}`, timeoutSeconds: 4, ...version };
      const events = await eventsUntilClosed({ ...query, allowWatchBookmarks: true });
      const [first] = events;
      const bookmark = events.find(({ type }) => type === 'BOOKMARK')?.object.metadata;
      assert.equal(first?.type, 'ADDED');
      assert.equal(bookmark?.annotations?.[INITIAL_EVENTS_END], 'true');
      assert.ok(Number(bookmark?.resourceVersion) >= Number(first?.object.metadata?.resourceVersion));
      const unasked = await eventsUntilClosed({ ...query, timeoutSeconds: 1 });
      assert.equal(
        unasked.some(({ type }) => type === 'BOOKMARK'),
        false,
      );
    };
    await Promise.all([{}, { resourceVersion: '0' }].map(check));
  });

  test('a watch leaves a bookmark before its time is up', async () => {
    const { metadata } = await batch.listNamespacedJob({ namespace });
    const resourceVersion = metadata?.resourceVersion ?? '';
    const query = { fieldSelector: 'metadata.name=none', timeoutSeconds: 4, resourceVersion };
    const events = await eventsUntilClosed({ ...query, allowWatchBookmarks: true });
    const [bookmark] = events.filter(({ type }) => type === 'BOOKMARK');
    assert.ok(Number(bookmark?.object.metadata?.resourceVersion) >= Number(resourceVersion));
    assert.equal(bookmark?.object.metadata?.annotations?.[INITIAL_EVENTS_END], undefined);
  });
});

/** Returns the distinct steps of a Job's status, in order. */
function milestones(events: WatchEvent<V1Job>[]): string[] {
  const steps = events.map(({ object: { status = {} } }) => {
    const last = status.conditions?.at(-1)?.type;
    if (last) return last;
    if (!status.startTime) return '';
    return [status.active ? 'active' : '', status.ready ? 'ready' : ''].filter(Boolean).join(',');
  });
  return [...new Set(steps.filter(Boolean))];
}

async function setLabel(name: string, value: string): Promise<void> {
  const job = lastOf(await watchJob(name, (seen) => seen.length > 0));
  const labels = { ...job.metadata?.labels, case: value };
  const body = [{ op: 'replace', path: '/metadata/labels', value: labels }];
  await changeJob(name, body, PatchStrategy.JsonPatch);
}

async function typesOf(query: object): Promise<string[]> {
  return (await eventsUntilClosed(query)).map(({ type }) => type);
}
