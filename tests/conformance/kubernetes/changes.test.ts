import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PatchStrategy } from '@kubernetes/client-node';
import { image } from './support/cluster.ts';
import { changeJob, createJob, readJob } from './support/jobs.ts';
import { shellJob } from './support/manifests.ts';
import { refusalOf } from './support/refusals.ts';
import { watchJob } from './support/watches.ts';

const NOTES = '/metadata/annotations';

describe('a patch of a Job', { concurrency: true }, () => {
  test('a JSON patch does all its operations, or none', async () => {
    await suspendedJob('operations');
    const { metadata } = await jsonPatch([
      { op: 'add', path: NOTES, value: { 'a/b': '1', c: '2', d: '3' } },
      { op: 'test', path: `${NOTES}/a~1b`, value: '1' },
      { op: 'replace', path: `${NOTES}/a~1b`, value: '4' },
      { op: 'copy', from: `${NOTES}/c`, path: `${NOTES}/e` },
      { op: 'move', from: `${NOTES}/d`, path: `${NOTES}/f` },
      { op: 'remove', path: `${NOTES}/c` },
    ]);
    assert.deepEqual(metadata?.annotations, { 'a/b': '4', e: '2', f: '3' });
    const half = [
      { op: 'add', path: `${NOTES}/g`, value: '5' },
      { op: 'test', path: `${NOTES}/e`, value: 'other' },
    ];
    assert.equal((await refusalOf(jsonPatch(half))).code, 422);
    assert.equal((await refusalOf(jsonPatch([{ op: 'remove', path: `${NOTES}/nope` }]))).code, 422);
    const job = await readJob('operations');
    assert.deepEqual(job.metadata?.annotations, { 'a/b': '4', e: '2', f: '3' });
  });

  test('a merge patch replaces lists, a strategic one merges them by name', async () => {
    await suspendedJob('merged');
    const containers = [{ name: 'main', image }];
    const same = { spec: { template: { spec: { containers } } } };
    const kept = await changeJob('merged', same);
    assert.equal(kept.metadata?.generation, 1);
    const refusal = await refusalOf(changeJob('merged', same, PatchStrategy.MergePatch));
    assert.equal(refusal.code, 422);
    const noted = await changeJob(
      'merged',
      { metadata: { annotations: { a: '1', b: null } } },
      PatchStrategy.MergePatch,
    );
    assert.deepEqual(noted.metadata?.annotations, { a: '1' });
  });

  test('a change of what another one changed is a conflict', async () => {
    const { metadata } = await suspendedJob('stale');
    await changeJob('stale', { metadata: { annotations: { first: 'yes' } } });
    const late = {
      metadata: { resourceVersion: metadata?.resourceVersion, annotations: { second: 'yes' } },
    };
    const refusal = await refusalOf(changeJob('stale', late));
    assert.deepEqual([refusal.code, refusal.reason], [409, 'Conflict']);
  });

  test('completions do not change, retries and deadlines do', async () => {
    await suspendedJob('counts');
    const refusal = await refusalOf(changeJob('counts', { spec: { completions: 3 } }));
    assert.equal(
      refusal.message,
      'Job.batch "counts" is invalid: spec.completions: Invalid value: 3: field is immutable',
    );
    const { spec } = await changeJob('counts', {
      spec: { backoffLimit: 3, activeDeadlineSeconds: 60, ttlSecondsAfterFinished: 5 },
    });
    assert.deepEqual(
      [spec?.backoffLimit, spec?.activeDeadlineSeconds, spec?.ttlSecondsAfterFinished],
      [3, 60, 5],
    );
  });
});

const jsonPatch = (body: object[]) => changeJob('operations', body, PatchStrategy.JsonPatch);

/** Creates a suspended Job. Resolves when the controller has written its status, which it does once. */
async function suspendedJob(name: string) {
  await createJob(shellJob(name, { spec: { suspend: true } }));
  const seen = await watchJob(name, (events) => Boolean(events.at(-1)?.object.status?.conditions?.length));
  return seen.at(-1)?.object ?? {};
}
