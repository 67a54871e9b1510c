import assert from 'node:assert/strict';
import type { V1Job } from '@kubernetes/client-node';
import type { Contract } from '../cluster-under-test.ts';
import type { ContractCase } from '../contract-case.ts';
import { shellJob, UNTIL_TERMINATED } from '../manifests.ts';
import { change } from '../patches.ts';
import { refusalOf } from '../refusals.ts';
import { until } from '../../../support/until.ts';

const SCHEDULING = {
  nodeSelector: { 'example.com/queue': 'a' },
  tolerations: [{ key: 'example.com/queue', operator: 'Exists' }],
};
const template = (spec: object): object => ({ spec: { template: { spec } } });
const annotated = (note: string): object => ({
  spec: { template: { metadata: { annotations: { 'example.com/note': note } } } },
});

/** Suspended Jobs, such as those in a queue of Kueue. */
export const suspensions: ContractCase[] = [
  {
    name: 'until its first start the template of a Job takes metadata and scheduling',
    async run(contract: Contract) {
      const { image } = contract;
      await contract.createJob(
        shellJob({ name: 'held', image, script: 'echo $NOTE', container: NOTE, spec: { suspend: true } }),
      );
      await change(contract, 'held', annotated('from the queue'));
      await change(contract, 'held', template(SCHEDULING));
      const held = await change(contract, 'held', template({ nodeSelector: null, tolerations: null }));
      assert.equal(held.metadata?.generation, 4);
      for (const frozen of [template({ restartPolicy: 'Always' }), template({ hostname: 'other' })])
        assert.equal((await refusalOf(change(contract, 'held', frozen))).code, 422);
      const untied = { spec: { template: { metadata: { labels: null } } } };
      const { causes } = await refusalOf(change(contract, 'held', untied));
      assert.ok(causes.includes('FieldValueRequired spec.template.metadata.labels[job-name]'));
      await change(contract, 'held', { spec: { suspend: false } });
      await contract.finished('held');
      const [pod] = await contract.podsOf('held');
      assert.ok(pod);
      assert.equal(await contract.logOf(pod), 'from the queue\n');
    },
  },
  {
    name: 'while a Job runs its template is frozen',
    async run(contract: Contract) {
      await startRunning(contract, 'frozen');
      const refusal = await refusalOf(change(contract, 'frozen', annotated('too late')));
      assert.deepEqual([refusal.code, refusal.causes], [422, ['FieldValueInvalid spec.template']]);
      assert.match(refusal.message, /: field is immutable$/);
      await remove(contract, 'frozen');
    },
  },
  {
    name: 'pods that a suspension ends are not failures, and the Job can go on',
    async run(contract: Contract) {
      await startRunning(contract, 'paused');
      const { status = {} } = await suspended(contract, 'paused');
      assert.deepEqual([status.failed, status.active, status.ready], [undefined, undefined, 0]);
      await change(contract, 'paused', { spec: { suspend: false } });
      const resumed = await until(
        () => contract.readJob('paused'),
        (job) => job.status?.ready === 1,
        { what: 'paused to run again', deadlineMs: 30_000 },
      );
      assert.deepEqual(
        [resumed.status?.failed, resumed.status?.conditions?.map(({ reason }) => reason)],
        [undefined, ['JobResumed']],
      );
      await remove(contract, 'paused');
    },
  },
  {
    name: 'a Job suspended again is open to its queue since Kubernetes 1.36, and frozen before',
    async run(contract: Contract) {
      const since136 = (await contract.minorVersion()) >= 36;
      await startRunning(contract, 'again');
      const { status } = await suspended(contract, 'again');
      assert.equal(status?.startTime === undefined, since136);
      const resources = { limits: { memory: '65Mi' } };
      for (const wanted of [annotated('again'), template({ containers: [{ name: 'main', resources }] })]) {
        if (since136) await change(contract, 'again', wanted);
        else assert.equal((await refusalOf(change(contract, 'again', wanted))).code, 422);
      }
      const [main] = (await contract.readJob('again')).spec?.template.spec?.containers ?? [];
      assert.deepEqual(main?.command?.slice(0, 2), ['sh', '-c']);
      await remove(contract, 'again');
    },
  },
  {
    name: 'a Job that wants fewer pods ends some, which are not failures',
    async run(contract: Contract) {
      await startRunning(contract, 'shrinks', { parallelism: 2, completions: 2 });
      await change(contract, 'shrinks', { spec: { parallelism: 1 } });
      const job = await until(
        () => contract.readJob('shrinks'),
        ({ status }) => status?.active === 1 && status.terminating === 0,
        { what: 'shrinks to have one pod', deadlineMs: 60_000 },
      );
      assert.equal(job.status?.failed, undefined);
      await remove(contract, 'shrinks');
    },
  },
];

const NOTE = {
  command: ['sh', '-c', 'echo $NOTE'],
  env: [{ name: 'NOTE', valueFrom: { fieldRef: { fieldPath: "metadata.annotations['example.com/note']" } } }],
};

async function startRunning(contract: Contract, name: string, spec: object = {}): Promise<void> {
  const { image } = contract;
  const pod = { terminationGracePeriodSeconds: 1 };
  await contract.createJob(shellJob({ name, image, script: UNTIL_TERMINATED, pod, spec }));
  await until(
    () => contract.readJob(name),
    ({ spec: wanted, status }) => status?.ready === wanted?.parallelism,
    { what: `${name} to run`, deadlineMs: 60_000 },
  );
}

async function suspended(contract: Contract, name: string): Promise<V1Job> {
  await change(contract, name, { spec: { suspend: true } });
  return until(
    () => contract.readJob(name),
    ({ status }) => status?.conditions?.[0]?.reason === 'JobSuspended' && status.terminating === 0,
    { what: `${name} to be suspended`, deadlineMs: 60_000 },
  );
}

async function remove({ batch, namespace }: Contract, name: string): Promise<void> {
  await batch.deleteNamespacedJob({ namespace, name, propagationPolicy: 'Background' });
}
