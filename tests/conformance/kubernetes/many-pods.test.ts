import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { logOf, runJob } from './support/jobs.ts';
import { shellJob } from './support/manifests.ts';
import { ended, jobSummary, plain, SUCCEEDED } from './support/summaries.ts';

const INDEX_KEY = 'batch.kubernetes.io/job-completion-index';

describe('the pods of a Job', { concurrency: true }, () => {
  test('a Job with completions runs so many pods', async () => {
    const spec = { completions: 3, parallelism: 2 };
    const { job, pods } = await runJob(shellJob('three', { spec }));
    assert.deepEqual(jobSummary(job), ended({ succeeded: 3 }, ...SUCCEEDED));
    assert.equal(pods.length, 3);
  });

  test('an indexed Job gives each pod its index', async () => {
    const script = 'echo $JOB_COMPLETION_INDEX $HOSTNAME';
    const spec = { completions: 3, parallelism: 3, completionMode: 'Indexed' };
    const { job, pods } = await runJob(shellJob('indexed', { script, spec }));
    assert.deepEqual(jobSummary(job), ended({ succeeded: 3 }, ...SUCCEEDED));
    assert.equal(job.status?.completedIndexes, '0-2');
    const logs = await Promise.all(pods.map((pod) => logOf(pod)));
    assert.deepEqual(logs.toSorted(), ['0 indexed-0\n', '1 indexed-1\n', '2 indexed-2\n']);
    for (const { metadata = {} } of pods) {
      const index = metadata.annotations?.[INDEX_KEY] ?? '';
      assert.equal(metadata.labels?.[INDEX_KEY], index);
      assert.match(metadata.name ?? '', new RegExp(`^indexed-${index}-[a-z0-9]{5}$`));
    }
  });

  test('a pod carries the labels and the owner that lead to its Job', async () => {
    const { job, pods } = await runJob(shellJob('ties', { annotations: { 'example.com/a': 'b' } }));
    const uid = job.metadata?.uid ?? '';
    const [pod] = pods;
    assert.deepEqual(pod?.metadata?.labels, {
      'batch.kubernetes.io/controller-uid': uid,
      'batch.kubernetes.io/job-name': 'ties',
      'controller-uid': uid,
      'job-name': 'ties',
    });
    assert.equal(pod?.metadata?.annotations?.['example.com/a'], 'b');
    assert.match(pod?.metadata?.name ?? '', /^ties-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    const [owner] = pod?.metadata?.ownerReferences ?? [];
    const expected = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      name: 'ties',
      uid,
      controller: true,
      blockOwnerDeletion: true,
    };
    assert.deepEqual(plain(owner), expected);
    assert.deepEqual(job.spec?.selector?.matchLabels, { 'batch.kubernetes.io/controller-uid': uid });
  });
});
