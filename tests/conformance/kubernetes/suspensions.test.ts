import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { V1Job } from '@kubernetes/client-node';
import { until } from '../../support/until.ts';
import { minorVersion } from './support/cluster.ts';
import { changeJob, createJob, finished, logOf, podsOf, readJob, removeJob } from './support/jobs.ts';
import { shellJob, UNTIL_TERMINATED } from './support/manifests.ts';
import { refusalOf } from './support/refusals.ts';
import { jobSummary, unfinished } from './support/summaries.ts';
import { lastOf, watchJob } from './support/watches.ts';

const SCHEDULING = {
  nodeSelector: { 'example.com/queue': 'a' },
  tolerations: [{ key: 'example.com/queue', operator: 'Exists' }],
};
const template = (spec: object): object => ({ spec: { template: { spec } } });
const annotated = (note: string): object => ({
  spec: { template: { metadata: { annotations: { 'example.com/note': note } } } },
});

// Kueue, a queue for Jobs, suspends them.
describe('a suspended Job', { concurrency: true }, () => {
  test('a suspended Job has no pods until it is resumed', async () => {
    await createJob(shellJob('suspended', { spec: { suspend: true } }));
    const events = await watchJob(
      'suspended',
      (seen) => (seen.at(-1)?.object.status?.conditions ?? []).length > 0,
    );
    assert.deepEqual(jobSummary(lastOf(events)), {
      ...unfinished({ started: false }),
      conditions: ['Suspended=True JobSuspended: Job suspended'],
    });
    assert.deepEqual(await podsOf('suspended'), []);
    await changeJob('suspended', { spec: { suspend: false } });
    const done = await finished('suspended');
    const conditions = (done.status?.conditions ?? []).map(
      ({ type, status, reason }) => `${type}=${status} ${reason}`,
    );
    assert.deepEqual(conditions, [
      'Suspended=False JobResumed',
      'SuccessCriteriaMet=True CompletionsReached',
      'Complete=True CompletionsReached',
    ]);
  });

  test('until its first start the template of a Job takes metadata and scheduling', async () => {
    await createJob(shellJob('held', { script: 'echo $NOTE', container: NOTE, spec: { suspend: true } }));
    await changeJob('held', annotated('from the queue'));
    await changeJob('held', template(SCHEDULING));
    const held = await changeJob('held', template({ nodeSelector: null, tolerations: null }));
    assert.equal(held.metadata?.generation, 4);
    for (const frozen of [template({ restartPolicy: 'Always' }), template({ hostname: 'other' })])
      assert.equal((await refusalOf(changeJob('held', frozen))).code, 422);
    const untied = { spec: { template: { metadata: { labels: null } } } };
    const { causes } = await refusalOf(changeJob('held', untied));
    assert.ok(causes.includes('FieldValueRequired spec.template.metadata.labels[job-name]'));
    await changeJob('held', { spec: { suspend: false } });
    await finished('held');
    const [pod] = await podsOf('held');
    assert.equal(await logOf(pod), 'from the queue\n');
  });

  test('while a Job runs its template is frozen', async () => {
    await startRunning('frozen');
    const refusal = await refusalOf(changeJob('frozen', annotated('too late')));
    assert.deepEqual([refusal.code, refusal.causes], [422, ['FieldValueInvalid spec.template']]);
    assert.match(refusal.message, /: field is immutable$/);
    await removeJob('frozen');
  });

  test('pods that a suspension ends are not failures, and the Job can go on', async () => {
    await startRunning('paused');
    const { status = {} } = await suspended('paused');
    assert.deepEqual([status.failed, status.active, status.ready], [undefined, undefined, 0]);
    await changeJob('paused', { spec: { suspend: false } });
    const resumed = await until(
      () => readJob('paused'),
      (job) => job.status?.ready === 1,
      { what: 'paused to run again', deadlineMs: 30_000 },
    );
    assert.deepEqual(
      [resumed.status?.failed, resumed.status?.conditions?.map(({ reason }) => reason)],
      [undefined, ['JobResumed']],
    );
    await removeJob('paused');
  });

  test('a Job suspended again is open to its queue since Kubernetes 1.36, and frozen before', async () => {
    const since136 = (await minorVersion()) >= 36;
    await startRunning('again');
    const { status } = await suspended('again');
    assert.equal(status?.startTime === undefined, since136);
    const resources = { limits: { memory: '65Mi' } };
    for (const wanted of [annotated('again'), template({ containers: [{ name: 'main', resources }] })]) {
      if (since136) await changeJob('again', wanted);
      else assert.equal((await refusalOf(changeJob('again', wanted))).code, 422);
    }
    const [main] = (await readJob('again')).spec?.template.spec?.containers ?? [];
    assert.deepEqual(main?.command?.slice(0, 2), ['sh', '-c']);
    await removeJob('again');
  });

  test('a Job that wants fewer pods ends some, which are not failures', async () => {
    await startRunning('shrinks', { parallelism: 2, completions: 2 });
    await changeJob('shrinks', { spec: { parallelism: 1 } });
    const job = await until(
      () => readJob('shrinks'),
      ({ status }) => status?.active === 1 && status.terminating === 0,
      { what: 'shrinks to have one pod', deadlineMs: 60_000 },
    );
    assert.equal(job.status?.failed, undefined);
    await removeJob('shrinks');
  });
});

const NOTE = {
  command: ['sh', '-c', 'echo $NOTE'],
  env: [{ name: 'NOTE', valueFrom: { fieldRef: { fieldPath: "metadata.annotations['example.com/note']" } } }],
};

async function startRunning(name: string, spec: object = {}): Promise<void> {
  const pod = { terminationGracePeriodSeconds: 1 };
  await createJob(shellJob(name, { script: UNTIL_TERMINATED, pod, spec }));
  await until(
    () => readJob(name),
    ({ spec: wanted, status }) => status?.ready === wanted?.parallelism,
    { what: `${name} to run`, deadlineMs: 60_000 },
  );
}

async function suspended(name: string): Promise<V1Job> {
  await changeJob(name, { spec: { suspend: true } });
  return until(
    () => readJob(name),
    ({ status }) => status?.conditions?.[0]?.reason === 'JobSuspended' && status.terminating === 0,
    { what: `${name} to be suspended`, deadlineMs: 60_000 },
  );
}
