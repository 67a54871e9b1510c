import assert from 'node:assert/strict';
import type { V1EnvVar } from '@kubernetes/client-node';
import type { Contract } from '../cluster-under-test.ts';
import type { ContractCase } from '../contract-case.ts';
import { shellJob } from '../manifests.ts';
import { BACKOFF_EXCEEDED, ended, jobSummary } from '../summaries.ts';

// Each value in the manifest, and the value that the container gets. HOME2 is /home/x, and is defined before them.
const EXPANSIONS: readonly (readonly [given: string, gets: string])[] = [
  ['a$(HOME2)b', 'a/home/xb'],
  ['a$$(HOME2)b', 'a$(HOME2)b'],
  ['a$$b', 'a$b'],
  ['a$b', 'a$b'],
  ['a$$$(HOME2)b$', 'a$/home/xb$'],
  ['a$$$$(HOME2)b', 'a$$(HOME2)b'],
  ['$(MISSING)', '$(MISSING)'],
  ['$(LATER)', '$(LATER)'],
  ['a$(HOME2', 'a$(HOME2'],
  ['$()', '$()'],
  ['$( HOME2 )', '$( HOME2 )'],
  ['$(DUP)', 'first'],
  ['$(SECRET)', 'is $(HOME2)'],
  ['$(HOSTNAME)$(PATH)', '$(HOSTNAME)$(PATH)'],
  ['k1=$(HOME2),k2=x', 'k1=/home/x,k2=x'],
];
const field = (fieldPath: string): V1EnvVar['valueFrom'] => ({ fieldRef: { fieldPath } });
const MAX_VALUE_BYTES = 131_071;

const MEMORY = { name: 'MEMORY', valueFrom: { resourceFieldRef: { resource: 'limits.memory' } } };
const CONFIG = { name: 'LEVEL', valueFrom: { configMapKeyRef: { name: 'one', key: 'level' } } };

/** The environments of containers. */
export const environments: ContractCase[] = [
  {
    name: 'variables are expanded, hidden and escaped as a kubelet does it',
    async run(contract: Contract) {
      const { namespace, image } = contract;
      const body = { metadata: { name: 'expansions' }, stringData: { key: 'is $(HOME2)' } };
      await contract.core.createNamespacedSecret({ namespace, body });
      const env = [
        { name: 'HOME2', value: '/home/x' },
        { name: 'SECRET', valueFrom: { secretKeyRef: { name: 'expansions', key: 'key' } } },
        { name: 'ABSENT', valueFrom: { secretKeyRef: { name: 'expansions', key: 'other', optional: true } } },
        { name: 'DUP', value: 'first' },
        ...EXPANSIONS.map(([value], i) => ({ name: `CASE_${i}`, value })),
        { name: 'LATER', value: 'later' },
        { name: 'DUP', value: 'last' },
        { name: 'EMPTY' },
        { name: 'lower.case-name', value: '1' },
      ];
      const given = await environmentOf(contract, 'expansions', env);
      assert.deepEqual(
        EXPANSIONS.map((_, i) => given[`CASE_${i}`]),
        EXPANSIONS.map(([, gets]) => gets),
      );
      assert.equal(given['DUP'], 'last');
      assert.equal(given['EMPTY'], '');
      assert.equal(given['lower.case-name'], '1');
      assert.equal('ABSENT' in given, false);
      assert.equal(image !== '', true);
    },
  },
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
    name: 'a container has its image, its services and nothing else',
    async run(contract: Contract) {
      const given = await environmentOf(contract, 'bare', []);
      const services = Object.keys(given).filter((key) =>
        /^KUBERNETES_(SERVICE_HOST|SERVICE_PORT|PORT)$/.test(key),
      );
      assert.deepEqual(services.toSorted(), [
        'KUBERNETES_PORT',
        'KUBERNETES_SERVICE_HOST',
        'KUBERNETES_SERVICE_PORT',
      ]);
      const others = Object.keys(given).filter((key) => !key.startsWith('KUBERNETES_'));
      // The shell itself sets PWD, SHLVL, OLDPWD, and _.
      assert.deepEqual(others.filter((key) => !/^(PWD|SHLVL|_|OLDPWD)$/.test(key)).toSorted(), [
        'HOME',
        'HOSTNAME',
        'PATH',
      ]);
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
  {
    name: 'command and args see the variables, too',
    async run(contract: Contract) {
      const { image } = contract;
      const container = {
        env: [{ name: 'V', value: 'x y' }],
        command: ['sh', '-c', 'echo "$0" "$@"', '$(V)'],
        args: ['$$(V)', '$(NO)'],
      };
      const { pods } = await contract.runJob(shellJob({ name: 'args', image, container }));
      assert.ok(pods[0]);
      assert.equal(await contract.logOf(pods[0]), 'x y $(V) $(NO)\n');
    },
  },
  {
    name: 'a variable at the limit of the system starts, one above does not',
    async run(contract: Contract) {
      const { image } = contract;
      // The limit includes the name, the equals sign, the value, and the NUL byte that ends it.
      const value = 'x'.repeat(MAX_VALUE_BYTES - 'BIG='.length);
      const fits = shellJob({ name: 'fits', image, container: { env: [{ name: 'BIG', value }] } });
      const tooBig = shellJob({
        name: 'too-big',
        image,
        container: { env: [{ name: 'BIG', value: `${value}x` }] },
      });
      const [good, bad] = await Promise.all([contract.runJob(fits), contract.runJob(tooBig)]);
      assert.equal(good.job.status?.succeeded, 1);
      assert.deepEqual(jobSummary(bad.job), ended({ failed: 1 }, ...BACKOFF_EXCEEDED));
      assert.ok(bad.pods[0]);
      assert.match(await contract.logOf(bad.pods[0]), /^exec .*sh: argument list too long\n$/);
    },
  },
  {
    name: 'a variable with a NUL byte is a StartError',
    async run(contract: Contract) {
      const { image } = contract;
      const container = { env: [{ name: 'NUL', value: 'a\0b' }] };
      const { pods } = await contract.runJob(shellJob({ name: 'nul', image, container }));
      const state = pods[0]?.status?.containerStatuses?.[0]?.state?.terminated;
      assert.deepEqual([state?.reason, state?.exitCode], ['StartError', 128]);
      assert.match(
        state?.message ?? '',
        /environment variable value can't contain null\(\\x00\): "NUL=a\\x00b": unknown$/,
      );
    },
  },
];

function makeConfigMap({ core, namespace }: Contract, name: string): Promise<unknown> {
  return core.createNamespacedConfigMap({ namespace, body: { metadata: { name }, data: { level: 'high' } } });
}

async function environmentOf(
  contract: Contract,
  name: string,
  env: V1EnvVar[],
  envFrom: object[] = [],
): Promise<Record<string, string>> {
  const { image } = contract;
  const container = { command: ['env'], env, envFrom, resources: { limits: { memory: '64Mi' } } };
  const annotations = { 'example.com/note': 'a $(POD)' };
  const { pods } = await contract.runJob(shellJob({ name, image, container, annotations }));
  assert.ok(pods[0]);
  const lines = (await contract.logOf(pods[0])).split('\n').filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}
