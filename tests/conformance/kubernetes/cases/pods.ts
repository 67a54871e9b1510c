import assert from 'node:assert/strict';
import type { V1Pod } from '@kubernetes/client-node';
import type { Contract } from '../cluster-under-test.ts';
import type { ContractCase } from '../contract-case.ts';
import { shellContainer } from '../manifests.ts';
import { refusalOf } from '../refusals.ts';
import { podSummary } from '../summaries.ts';
import { until } from '../../../support/until.ts';

/** Bare pods, without a Job. */
export const pods: ContractCase[] = [
  {
    name: 'a pod of its own runs to its end, with its annotations in its environment',
    async run(contract: Contract) {
      const { core, namespace } = contract;
      const created = await core.createNamespacedPod({ namespace, body: notedPod(contract, 'alone') });
      assert.deepEqual(
        [created.status?.phase, created.spec?.serviceAccountName, created.spec?.enableServiceLinks],
        ['Pending', 'default', true],
      );
      const pod = await ended(contract, 'alone');
      assert.equal((podSummary(pod) as { phase: string }).phase, 'Succeeded');
      assert.equal(await contract.logOf(pod), 'carried alone\n');
      assert.deepEqual([pod.metadata?.ownerReferences, pod.metadata?.finalizers], [undefined, undefined]);
      await core.deleteNamespacedPod({ namespace, name: 'alone', gracePeriodSeconds: 0 });
    },
  },
  {
    name: 'a pod of its own that is wrong is refused',
    async run(contract: Contract) {
      const { core, namespace } = contract;
      const body = { metadata: { name: 'wrong' }, spec: { restartPolicy: 'Never', containers: [] } };
      const refusal = await refusalOf(core.createNamespacedPod({ namespace, body }));
      assert.deepEqual(
        [refusal.message, refusal.causes],
        ['Pod "wrong" is invalid: spec.containers: Required value', ['FieldValueRequired spec.containers']],
      );
    },
  },
  {
    name: 'a pod of its own that restarts',
    leftOut: {
      call: (contract) => createPod(contract, 'restarts', 'Always'),
      names: 'spec.restartPolicy: Forbidden: this stand-in for Kubernetes does not serve "Always"',
    },
    async run(contract: Contract) {
      const { core, namespace } = contract;
      const { spec } = await createPod(contract, 'restarts', 'Always');
      assert.equal(spec?.restartPolicy, 'Always');
      await core.deleteNamespacedPod({ namespace, name: 'restarts', gracePeriodSeconds: 0 });
    },
  },
];

function createPod(contract: Contract, name: string, restartPolicy: string): Promise<V1Pod> {
  const { core, namespace } = contract;
  const pod = notedPod(contract, name);
  return core.createNamespacedPod({ namespace, body: { ...pod, spec: { ...pod.spec, restartPolicy } } });
}

function notedPod({ image }: Contract, name: string) {
  const fieldRef = { fieldPath: "metadata.annotations['example.com/note']" };
  const main = shellContainer('main', image, 'echo $NOTE $HOSTNAME');
  return {
    metadata: { name, annotations: { 'example.com/note': 'carried' } },
    spec: {
      restartPolicy: 'Never',
      containers: [{ ...main, env: [{ name: 'NOTE', valueFrom: { fieldRef } }] }],
    },
  };
}

function ended({ core, namespace }: Contract, name: string): Promise<V1Pod> {
  return until(
    () => core.readNamespacedPod({ namespace, name }),
    ({ status }) => /Succeeded|Failed/.test(status?.phase ?? ''),
    { what: `${name} to end`, deadlineMs: 60_000 },
  );
}
