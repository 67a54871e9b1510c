import assert from 'node:assert/strict';
import type { V1EnvVar } from '@kubernetes/client-node';
import type { Contract } from '../cluster-under-test.ts';
import type { ContractCase } from '../contract-case.ts';
import { environmentOf } from '../environment-of.ts';
import { shellJob } from '../manifests.ts';

const field = (fieldPath: string): V1EnvVar['valueFrom'] => ({ fieldRef: { fieldPath } });

const MEMORY = { name: 'MEMORY', valueFrom: { resourceFieldRef: { resource: 'limits.memory' } } };
const CONFIG = { name: 'LEVEL', valueFrom: { configMapKeyRef: { name: 'one', key: 'level' } } };

/** The objects from which a container takes values of its environment. */
export const environmentSources: ContractCase[] = [
  {
    name: 'the Downward API gives a container its names',
    async run(contract: Contract) {
      const env = [
        { name: 'POD', valueFrom: field('metadata.name') },
        { name: 'NAMESPACE', valueFrom: field('metadata.namespace') },
        { name: 'POD_UID', valueFrom: field('metadata.uid') },
        { name: 'JOB', valueFrom: field("metadata.labels['batch.kubernetes.io/job-name']") },
        { name: 'NOTE', valueFrom: field("metadata.annotations['example.com/note']") },
        { name: 'NOTHING', valueFrom: field("metadata.annotations['example.com/nothing']") },
        { name: 'NODE', valueFrom: field('spec.nodeName') },
        { name: 'ACCOUNT', valueFrom: field('spec.serviceAccountName') },
        { name: 'ALL', value: 'pod=$(POD),job=$(JOB),note=$(NOTE)' },
      ];
      const given = await environmentOf(contract, 'downward', env);
      const [pod] = await contract.podsOf('downward');
      const name = pod?.metadata?.name ?? '';
      assert.equal(given['POD'], name);
      assert.equal(given['HOSTNAME'], name);
      assert.equal(given['NAMESPACE'], contract.namespace);
      assert.equal(given['POD_UID'], pod?.metadata?.uid);
      assert.equal(given['NODE'], pod?.spec?.nodeName);
      assert.equal(given['ACCOUNT'], 'default');
      assert.equal(given['NOTHING'], '');
      assert.equal(given['ALL'], `pod=${name},job=downward,note=a $(POD)`);
    },
  },
  {
    name: 'a container can read its limits',
    leftOut: {
      call: (contract) =>
        contract.createJob(shellJob({ name: 'limits', image: contract.image, container: { env: [MEMORY] } })),
      names: 'spec.template.spec.containers[0].env[0].valueFrom.resourceFieldRef',
    },
    async run(contract: Contract) {
      assert.equal((await environmentOf(contract, 'limits', [MEMORY]))['MEMORY'], '67108864');
    },
  },
  {
    name: 'a ConfigMap can be made',
    leftOut: { call: (contract) => makeConfigMap(contract, 'one'), names: 'configmaps' },
    async run(contract: Contract) {
      await makeConfigMap(contract, 'one');
      assert.equal((await environmentOf(contract, 'from-config', [CONFIG]))['LEVEL'], 'high');
    },
  },
  {
    name: 'a variable can come from a ConfigMap',
    leftOut: {
      call: (contract) =>
        contract.createJob(shellJob({ name: 'config', image: contract.image, container: { env: [CONFIG] } })),
      names: 'valueFrom.configMapKeyRef',
    },
    async run(contract: Contract) {
      const env = [{ ...CONFIG, valueFrom: { configMapKeyRef: { name: 'no', key: 'no', optional: true } } }];
      assert.equal('LEVEL' in (await environmentOf(contract, 'optional-config', env)), false);
    },
  },
  {
    name: 'whole ConfigMaps and Secrets become variables, env wins',
    leftOut: {
      call: (contract) =>
        contract.createJob(
          shellJob({
            name: 'env-from',
            image: contract.image,
            container: { envFrom: [{ secretRef: { name: 'all' } }] },
          }),
        ),
      names: 'spec.template.spec.containers[0].envFrom',
    },
    async run(contract: Contract) {
      const { namespace } = contract;
      await contract.core.createNamespacedConfigMap({
        namespace,
        body: { metadata: { name: 'all' }, data: { A: 'config', B: '$(A)' } },
      });
      await contract.core.createNamespacedSecret({
        namespace,
        body: { metadata: { name: 'all' }, stringData: { C: 'secret' } },
      });
      const envFrom = [
        { prefix: 'P_', configMapRef: { name: 'all' } },
        { configMapRef: { name: 'all' } },
        { secretRef: { name: 'all' } },
        { secretRef: { name: 'not-there', optional: true } },
      ];
      const given = await environmentOf(
        contract,
        'env-from',
        [
          { name: 'A', value: 'env' },
          { name: 'D', value: '$(C)$(P_A)' },
        ],
        envFrom,
      );
      const { A, B, C, D, P_A } = given;
      assert.deepEqual(
        { A, B, C, D, P_A },
        { A: 'env', B: '$(A)', C: 'secret', D: 'secretconfig', P_A: 'config' },
      );
    },
  },
];

function makeConfigMap({ core, namespace }: Contract, name: string): Promise<unknown> {
  return core.createNamespacedConfigMap({ namespace, body: { metadata: { name }, data: { level: 'high' } } });
}
