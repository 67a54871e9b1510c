import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { V1EnvVar } from '@kubernetes/client-node';
import { core, namespace } from './support/cluster.ts';
import { logOf, podsOf, runJob } from './support/jobs.ts';
import { shellJob } from './support/manifests.ts';
import { leftOut } from './support/refusals.ts';
import { BACKOFF_EXCEEDED, ended, jobSummary } from './support/summaries.ts';

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
  ['$(A$(HOME2)', '$(A$(HOME2)'],
  ['$', '$'],
  ['$(DUP)', 'first'],
  ['$(SECRET)', 'is $(HOME2) $$'],
  ['$(HOSTNAME)$(PATH)', '$(HOSTNAME)$(PATH)'],
  ['k1=$(HOME2),k2=x', 'k1=/home/x,k2=x'],
];
const MAX_VALUE_BYTES = 131_071;

const field = (fieldPath: string): V1EnvVar['valueFrom'] => ({ fieldRef: { fieldPath } });

const MEMORY = { name: 'MEMORY', valueFrom: { resourceFieldRef: { resource: 'limits.memory' } } };
const CONFIG = { name: 'LEVEL', valueFrom: { configMapKeyRef: { name: 'one', key: 'level' } } };

describe('the environment of a container', { concurrency: true }, () => {
  test('variables are expanded, hidden and escaped as a kubelet does it', async () => {
    const body = { metadata: { name: 'expansions' }, stringData: { key: 'is $(HOME2) $$' } };
    await core.createNamespacedSecret({ namespace, body });
    const env = [
      { name: 'HOME2', value: '/home/x' },
      { name: 'SECRET', valueFrom: { secretKeyRef: { name: 'expansions', key: 'key' } } },
      { name: 'ABSENT', valueFrom: { secretKeyRef: { name: 'expansions', key: 'other', optional: true } } },
      { name: 'NO_SECRET', valueFrom: { secretKeyRef: { name: 'not-there', key: 'key', optional: true } } },
      { name: 'DUP', value: 'first' },
      ...EXPANSIONS.map(([value], i) => ({ name: `CASE_${i}`, value })),
      { name: 'LATER', value: 'later' },
      { name: 'DUP', value: 'last' },
      { name: 'EMPTY' },
      { name: 'lower.case-name', value: '1' },
    ];
    const given = await environmentOf('expansions', env);
    assert.deepEqual(
      EXPANSIONS.map((_, i) => given[`CASE_${i}`]),
      EXPANSIONS.map(([, gets]) => gets),
    );
    assert.equal(given['DUP'], 'last');
    assert.equal(given['EMPTY'], '');
    assert.equal(given['lower.case-name'], '1');
    assert.deepEqual([given['ABSENT'], given['NO_SECRET']], [undefined, undefined]);
  });

  test('a container has its image, its services and nothing else', async () => {
    const given = await environmentOf('bare', []);
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
  });

  test('command and args see the variables, too', async () => {
    const container = {
      env: [{ name: 'V', value: 'x y' }],
      command: ['sh', '-c', 'echo "$0" "$@"', '$(V)'],
      args: ['$$(V)', '$(NO)'],
    };
    const { pods } = await runJob(shellJob('args', { container }));
    assert.equal(await logOf(pods[0]), 'x y $(V) $(NO)\n');
  });

  test('a variable at the limit of the system starts, one above does not', async () => {
    // The limit includes the name, the equals sign, the value, and the NUL byte that ends it.
    const value = 'x'.repeat(MAX_VALUE_BYTES - 'BIG='.length);
    const fits = shellJob('fits', { container: { env: [{ name: 'BIG', value }] } });
    const tooBig = shellJob('too-big', { container: { env: [{ name: 'BIG', value: `${value}x` }] } });
    const [good, bad] = await Promise.all([runJob(fits), runJob(tooBig)]);
    assert.equal(good.job.status?.succeeded, 1);
    assert.deepEqual(jobSummary(bad.job), ended({ failed: 1 }, ...BACKOFF_EXCEEDED));
    assert.match(await logOf(bad.pods[0]), /^exec .*sh: argument list too long\n$/);
  });

  test('a variable with a NUL byte is a StartError', async () => {
    const container = { env: [{ name: 'NUL', value: 'a\0b' }] };
    const { pods } = await runJob(shellJob('nul', { container }));
    const state = pods[0]?.status?.containerStatuses?.[0]?.state?.terminated;
    assert.deepEqual([state?.reason, state?.exitCode], ['StartError', 128]);
    assert.match(
      state?.message ?? '',
      /environment variable value can't contain null\(\\x00\): "NUL=a\\x00b": unknown$/,
    );
  });

  test('the Downward API gives a container its names', async () => {
    const env = [
      { name: 'POD', valueFrom: field('metadata.name') },
      { name: 'NAMESPACE', valueFrom: field('metadata.namespace') },
      { name: 'POD_UID', valueFrom: field('metadata.uid') },
      { name: 'JOB', valueFrom: field("metadata.labels['batch.kubernetes.io/job-name']") },
      { name: 'NOTE', valueFrom: field("metadata.annotations['example.com/note']") },
      { name: 'NOTHING', valueFrom: field("metadata.annotations['example.com/nothing']") },
      { name: 'NODE', valueFrom: field('spec.nodeName') },
      { name: 'ACCOUNT', valueFrom: field('spec.serviceAccountName') },
      { name: 'IP', valueFrom: field('status.podIP') },
      { name: 'ALL', value: 'pod=$(POD),job=$(JOB),note=$(NOTE)' },
    ];
    const given = await environmentOf('downward', env);
    const [pod] = await podsOf('downward');
    const name = pod?.metadata?.name ?? '';
    assert.equal(given['POD'], name);
    assert.equal(given['HOSTNAME'], name);
    assert.equal(given['NAMESPACE'], namespace);
    assert.equal(given['POD_UID'], pod?.metadata?.uid);
    assert.equal(given['NODE'], pod?.spec?.nodeName);
    assert.equal(given['ACCOUNT'], 'default');
    assert.equal(given['IP'], pod?.status?.podIP);
    assert.equal(given['NOTHING'], '');
    assert.equal(given['ALL'], `pod=${name},job=downward,note=a $(POD)`);
  });

  test(
    'a container can read its limits',
    leftOut('spec.template.spec.containers[0].env[0].valueFrom.resourceFieldRef', async () => {
      assert.equal((await environmentOf('limits', [MEMORY]))['MEMORY'], '67108864');
    }),
  );

  test(
    'a ConfigMap can be made',
    leftOut('configmaps', async () => {
      const body = { metadata: { name: 'one' }, data: { level: 'high' } };
      await core.createNamespacedConfigMap({ namespace, body });
      assert.equal((await environmentOf('from-config', [CONFIG]))['LEVEL'], 'high');
    }),
  );

  test(
    'a variable can come from a ConfigMap',
    leftOut('valueFrom.configMapKeyRef', async () => {
      const env = [{ ...CONFIG, valueFrom: { configMapKeyRef: { name: 'no', key: 'no', optional: true } } }];
      assert.equal('LEVEL' in (await environmentOf('optional-config', env)), false);
    }),
  );

  test(
    'whole ConfigMaps and Secrets become variables, env wins',
    leftOut(
      'spec.template.spec.containers[0].envFrom',
      async () => {
        await core.createNamespacedConfigMap({
          namespace,
          body: { metadata: { name: 'all' }, data: { A: 'config', B: '$(A)' } },
        });
        await core.createNamespacedSecret({
          namespace,
          body: { metadata: { name: 'all' }, stringData: { C: 'secret' } },
        });
        const envFrom = [
          { prefix: 'P_', configMapRef: { name: 'all' } },
          { configMapRef: { name: 'all' } },
          { secretRef: { name: 'all' } },
          { secretRef: { name: 'not-there', optional: true } },
        ];
        const env = [
          { name: 'A', value: 'env' },
          { name: 'D', value: '$(C)$(P_A)' },
        ];
        const { A, B, C, D, P_A } = await environmentOf('env-from', env, envFrom);
        assert.deepEqual(
          { A, B, C, D, P_A },
          { A: 'env', B: '$(A)', C: 'secret', D: 'secretconfig', P_A: 'config' },
        );
      },
      () => environmentOf('env-from', [], [{ secretRef: { name: 'all' } }]),
    ),
  );
});

/** Runs a Job whose container prints its environment, and returns the variables. */
async function environmentOf(
  name: string,
  env: V1EnvVar[],
  envFrom: object[] = [],
): Promise<Record<string, string>> {
  const container = { command: ['env'], env, envFrom, resources: { limits: { memory: '64Mi' } } };
  const annotations = { 'example.com/note': 'a $(POD)' };
  const { pods } = await runJob(shellJob(name, { container, annotations }));
  const lines = (await logOf(pods[0])).split('\n').filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}
