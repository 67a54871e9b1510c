import assert from 'node:assert/strict';
import type { V1Job } from '@kubernetes/client-node';
import type { Contract } from '../cluster-under-test.ts';
import type { ContractCase } from '../contract-case.ts';
import { invalidJobs, type Served } from '../invalid-jobs.ts';
import { shellJob } from '../manifests.ts';
import { refusalOf, type Refusal } from '../refusals.ts';

const LABEL_VALUE_RULE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an " +
  "alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

/** Requests that the API server refuses, and its messages. */
export const refusals: ContractCase[] = [
  {
    name: 'a Job that is not valid is refused with every cause',
    async run(contract: Contract) {
      for (const [what, parts, message, causes] of invalidJobs(await served(contract))) {
        const { name = 'x', image = contract.image } = parts;
        const refusal = await refusalOf(contract.createJob(shellJob({ ...parts, name, image })));
        const expected: Refusal = {
          code: 422,
          reason: 'Invalid',
          message: `Job.batch "${name}" is invalid: ${message}`,
          causes,
        };
        assert.deepEqual(refusal, expected, what);
      }
    },
  },
  {
    name: 'labels and annotations are checked',
    async run(contract: Contract) {
      const job = shellJob({ name: 'labelled', image: contract.image });
      const labelled = { ...job, metadata: { name: 'labelled', labels: { k: 'bad value!' } } };
      const message = `Job.batch "labelled" is invalid: metadata.labels: Invalid value: "bad value!": ${LABEL_VALUE_RULE}`;
      assert.deepEqual(await refusalOf(contract.createJob(labelled)), {
        code: 422,
        reason: 'Invalid',
        message,
        causes: ['FieldValueInvalid metadata.labels'],
      });
      const large = { ...job, metadata: { name: 'labelled', annotations: { a: 'x'.repeat(262_144) } } };
      const refusal = await refusalOf(contract.createJob(large));
      assert.equal(
        refusal.message,
        'Job.batch "labelled" is invalid: metadata.annotations: Too long: may not be more than 262144 bytes',
      );
    },
  },
  {
    name: 'a name that is taken is a conflict, also once the Job is over',
    async run(contract: Contract) {
      const job = shellJob({ name: 'taken', image: contract.image });
      await contract.createJob(job);
      const expected = {
        code: 409,
        reason: 'AlreadyExists',
        message: 'jobs.batch "taken" already exists',
        causes: [],
      };
      assert.deepEqual(await refusalOf(contract.createJob(job)), expected);
      await contract.finished('taken');
      assert.deepEqual(await refusalOf(contract.createJob(job)), expected);
    },
  },
  {
    name: 'of creators at once exactly one succeeds',
    async run(contract: Contract) {
      const job = shellJob({ name: 'raced', image: contract.image });
      const results = await Promise.allSettled(Array.from({ length: 5 }, () => contract.createJob(job)));
      assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
    },
  },
  {
    name: 'what is not there is not found',
    async run(contract: Contract) {
      const { namespace } = contract;
      assert.deepEqual(await refusalOf(contract.readJob('nope')), missing('jobs.batch "nope" not found'));
      const remove = contract.batch.deleteNamespacedJob({ namespace, name: 'nope' });
      assert.deepEqual(await refusalOf(remove), missing('jobs.batch "nope" not found'));
      const log = contract.core.readNamespacedPodLog({ namespace, name: 'nope' });
      assert.deepEqual(await refusalOf(log), missing('pods "nope" not found'));
      const elsewhere = contract.batch.createNamespacedJob({
        namespace: 'no-such-namespace',
        body: shellJob({ name: 'x', image: contract.image }),
      });
      assert.deepEqual(await refusalOf(elsewhere), missing('namespaces "no-such-namespace" not found'));
    },
  },
  {
    name: 'a value of another type than the API has is a bad request',
    async run(contract: Contract) {
      const { image } = contract;
      const number = { env: [{ name: 'A', value: 1 as unknown as string }] };
      assert.deepEqual(
        await refusalOf(contract.createJob(shellJob({ name: 'x', image, container: number }))),
        typed(
          'json: cannot unmarshal number into Go struct field EnvVar.spec.template.spec.containers.env.value of type string',
        ),
      );
      const text = { backoffLimit: '3' as unknown as number };
      assert.deepEqual(
        await refusalOf(contract.createJob(shellJob({ name: 'x', image, spec: text }))),
        typed('json: cannot unmarshal string into Go struct field JobSpec.spec.backoffLimit of type int32'),
      );
    },
  },
  {
    name: 'a Job for another namespace is a bad request',
    async run(contract: Contract) {
      const job: V1Job = {
        ...shellJob({ name: 'x', image: contract.image }),
        metadata: { name: 'x', namespace: 'other' },
      };
      const message = 'the namespace of the provided object does not match the namespace sent on the request';
      assert.deepEqual(await refusalOf(contract.createJob(job)), {
        code: 400,
        reason: 'BadRequest',
        message,
        causes: [],
      });
    },
  },
];

async function served(contract: Contract): Promise<Served> {
  if (contract.standsIn) return { restartPolicies: '"Never"', envSources: '`fieldRef` or `secretKeyRef`' };
  const since136 = (await contract.minorVersion()) >= 36 ? ['fileKeyRef'] : [];
  const sources = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', ...since136];
  const last = sources.pop() ?? '';
  const envSources = `${sources.map((one) => `\`${one}\``).join(', ')} or \`${last}\``;
  return { restartPolicies: '"OnFailure", "Never"', envSources };
}

function missing(message: string): Refusal {
  return { code: 404, reason: 'NotFound', message, causes: [] };
}

function typed(why: string): Refusal {
  const message = `Job in version "v1" cannot be handled as a Job: ${why}`;
  return { code: 400, reason: 'BadRequest', message, causes: [] };
}
