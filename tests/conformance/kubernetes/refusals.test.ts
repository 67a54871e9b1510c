import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { batch, core, namespace } from './support/cluster.ts';
import { createJob, finished, readJob } from './support/jobs.ts';
import { shellJob } from './support/manifests.ts';
import { type Refusal, refusalOf } from './support/refusals.ts';

describe('the API server refuses', { concurrency: true }, () => {
  test('a name that is taken is a conflict, also once the Job is over', async () => {
    const job = shellJob('taken');
    await createJob(job);
    const expected = {
      code: 409,
      reason: 'AlreadyExists',
      message: 'jobs.batch "taken" already exists',
      causes: [],
    };
    assert.deepEqual(await refusalOf(createJob(job)), expected);
    await finished('taken');
    assert.deepEqual(await refusalOf(createJob(job)), expected);
  });

  test('of creators at once exactly one succeeds', async () => {
    const job = shellJob('raced');
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => createJob(job)));
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
  });

  test('what is not there is not found', async () => {
    assert.deepEqual(await refusalOf(readJob('nope')), missing('jobs.batch "nope" not found'));
    const remove = batch.deleteNamespacedJob({ namespace, name: 'nope' });
    assert.deepEqual(await refusalOf(remove), missing('jobs.batch "nope" not found'));
    const log = core.readNamespacedPodLog({ namespace, name: 'nope' });
    assert.deepEqual(await refusalOf(log), missing('pods "nope" not found'));
    const elsewhere = batch.createNamespacedJob({
      namespace: 'no-such-namespace',
      body: shellJob('x'),
    });
    assert.deepEqual(await refusalOf(elsewhere), missing('namespaces "no-such-namespace" not found'));
  });

  test('a value of another type than the API has is a bad request', async () => {
    const number = { env: [{ name: 'A', value: 1 as unknown as string }] };
    assert.deepEqual(
      await refusalOf(createJob(shellJob('x', { container: number }))),
      typed(
        'json: cannot unmarshal number into Go struct field EnvVar.spec.template.spec.containers.env.value of type string',
      ),
    );
    const text = { backoffLimit: '3' as unknown as number };
    assert.deepEqual(
      await refusalOf(createJob(shellJob('x', { spec: text }))),
      typed('json: cannot unmarshal string into Go struct field JobSpec.spec.backoffLimit of type int32'),
    );
  });

  test('a Job for another namespace is a bad request', async () => {
    const job = shellJob('x', { metadata: { namespace: 'other' } });
    const message = 'the namespace of the provided object does not match the namespace sent on the request';
    assert.deepEqual(await refusalOf(createJob(job)), {
      code: 400,
      reason: 'BadRequest',
      message,
      causes: [],
    });
  });
});

function missing(message: string): Refusal {
  return { code: 404, reason: 'NotFound', message, causes: [] };
}

function typed(why: string): Refusal {
  const message = `Job in version "v1" cannot be handled as a Job: ${why}`;
  return { code: 400, reason: 'BadRequest', message, causes: [] };
}
