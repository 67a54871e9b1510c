import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { V1Pod } from '@kubernetes/client-node';
import { until } from '../../support/until.ts';
import { core, namespace } from './support/cluster.ts';
import { logOf } from './support/jobs.ts';
import { shellContainer } from './support/manifests.ts';
import { leftOut, refusalOf } from './support/refusals.ts';
import { podSummary } from './support/summaries.ts';

describe('a bare pod', { concurrency: true }, () => {
  test('a pod of its own runs to its end, with its annotations in its environment', async () => {
    const created = await core.createNamespacedPod({ namespace, body: notedPod('alone') });
    assert.deepEqual(
      [created.status?.phase, created.spec?.serviceAccountName, created.spec?.enableServiceLinks],
      ['Pending', 'default', true],
    );
    const pod = await endOf('alone');
    assert.equal((podSummary(pod) as { phase: string }).phase, 'Succeeded');
    assert.equal(await logOf(pod), 'carried alone\n');
    assert.deepEqual([pod.metadata?.ownerReferences, pod.metadata?.finalizers], [undefined, undefined]);
    await core.deleteNamespacedPod({ namespace, name: 'alone', gracePeriodSeconds: 0 });
  });

  test('a pod of its own that is wrong is refused', async () => {
    const body = { metadata: { name: 'wrong' }, spec: { restartPolicy: 'Never', containers: [] } };
    const refusal = await refusalOf(core.createNamespacedPod({ namespace, body }));
    assert.deepEqual(
      [refusal.message, refusal.causes],
      ['Pod "wrong" is invalid: spec.containers: Required value', ['FieldValueRequired spec.containers']],
    );
  });

  test(
    'a pod of its own that restarts',
    leftOut('not serve "Always"', async () => {
      const pod = notedPod('restarts');
      const body = { ...pod, spec: { ...pod.spec, restartPolicy: 'Always' } };
      const { spec } = await core.createNamespacedPod({ namespace, body });
      assert.equal(spec?.restartPolicy, 'Always');
      await core.deleteNamespacedPod({ namespace, name: 'restarts', gracePeriodSeconds: 0 });
    }),
  );
});

function notedPod(name: string) {
  const fieldRef = { fieldPath: "metadata.annotations['example.com/note']" };
  const main = shellContainer('main', 'echo $NOTE $HOSTNAME');
  return {
    metadata: { name, annotations: { 'example.com/note': 'carried' } },
    spec: {
      restartPolicy: 'Never',
      containers: [{ ...main, env: [{ name: 'NOTE', valueFrom: { fieldRef } }] }],
    },
  };
}

function endOf(name: string): Promise<V1Pod> {
  return until(
    () => core.readNamespacedPod({ namespace, name }),
    ({ status }) => /Succeeded|Failed/.test(status?.phase ?? ''),
    { what: `${name} to end`, deadlineMs: 60_000 },
  );
}
