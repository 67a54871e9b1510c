import assert from 'node:assert/strict';
import type { Contract } from '../cluster-under-test.ts';
import type { ContractCase } from '../contract-case.ts';
import { environmentOf } from '../environment-of.ts';
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
const MAX_VALUE_BYTES = 131_071;

/** The environments of containers, and what their values may be. */
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
