import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { V1Job } from '@kubernetes/client-node';
import { batch, core, namespace, standsIn } from './support/cluster.ts';
import { createJob, runJob } from './support/jobs.ts';
import { shellJob } from './support/manifests.ts';
import { leftOut, refusalOf } from './support/refusals.ts';
import { plain } from './support/summaries.ts';

const TOO_LATE = '99999999999999';

// Options of a list or a watch that can't be combined, and the causes in the Status.
const MISUSES: readonly (readonly [query: object, causes: string[]])[] = [
  [{ resourceVersionMatch: 'Exact' }, ['FieldValueForbidden resourceVersionMatch']],
  [{ resourceVersionMatch: 'Exact', resourceVersion: '0' }, ['FieldValueForbidden resourceVersionMatch']],
  [{ resourceVersionMatch: 'Bogus', resourceVersion: '1' }, ['FieldValueNotSupported resourceVersionMatch']],
  [{ sendInitialEvents: true }, ['FieldValueForbidden sendInitialEvents']],
];

describe('what the API server returns', { concurrency: true }, () => {
  test('a Job is returned with the defaults filled in', async () => {
    const container = {
      imagePullPolicy: undefined,
      env: [{ name: 'N', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
    };
    const spec = { backoffLimit: undefined, suspend: true };
    const job = await createJob(shellJob('defaults', { spec, container }));
    const { template, selector, ...rest } = job.spec ?? {};
    assert.deepEqual(plain(rest), {
      parallelism: 1,
      completions: 1,
      backoffLimit: 6,
      manualSelector: false,
      completionMode: 'NonIndexed',
      suspend: true,
      podReplacementPolicy: 'TerminatingOrFailed',
    });
    assert.deepEqual(selector?.matchLabels, { 'batch.kubernetes.io/controller-uid': job.metadata?.uid });
    const [main] = template?.spec?.containers ?? [];
    assert.equal(main?.imagePullPolicy, 'IfNotPresent');
    assert.equal(main?.terminationMessagePath, '/dev/termination-log');
    assert.equal(main?.env?.[0]?.valueFrom?.fieldRef?.apiVersion, 'v1');
    assert.equal(template?.spec?.terminationGracePeriodSeconds, 30);
    assert.deepEqual(plain(job.status), {});
    assert.equal(job.metadata?.generation, 1);
  });

  test('lists are selected by labels and fields', async () => {
    for (const n of ['1', '2', '3']) {
      await createJob(labelled(`listed-${n}`, { listed: 'yes', n }));
    }
    assert.deepEqual(await namesOf({ labelSelector: 'listed=yes,n!=2' }), ['listed-1', 'listed-3']);
    assert.deepEqual(await namesOf({ labelSelector: 'listed,n in (2, 3)' }), ['listed-2', 'listed-3']);
    assert.deepEqual(await namesOf({ labelSelector: 'listed,n notin (2,3)' }), ['listed-1']);
    assert.deepEqual(await namesOf({ labelSelector: 'listed,!n' }), []);
    assert.deepEqual(await namesOf({ fieldSelector: 'metadata.name=listed-2' }), ['listed-2']);
    const wrong = await refusalOf(batch.listNamespacedJob({ namespace, fieldSelector: 'spec.bogus=1' }));
    assert.deepEqual([wrong.code, wrong.message], [400, 'field label "spec.bogus" not supported for Job']);
  });

  test(
    'a long list comes in pages',
    leftOut(
      'continue',
      async () => {
        for (const n of ['a', 'b', 'c']) await createJob(labelled(`paged-${n}`, { paged: 'yes' }));
        const names: (string | undefined)[] = [];
        let token: string | undefined = '';
        do {
          const query = {
            namespace,
            labelSelector: 'paged',
            limit: 2,
            ...(token ? { _continue: token } : {}),
          };
          const page = await batch.listNamespacedJob(query);
          names.push(...page.items.map(({ metadata }) => metadata?.name));
          token = page.metadata?._continue;
        } while (token);
        assert.deepEqual(names, ['paged-a', 'paged-b', 'paged-c']);
      },
      () => batch.listNamespacedJob({ namespace, _continue: 'a-token' }),
    ),
  );

  test('a list that fits its limit is whole, as kubectl asks for it', async () => {
    await createJob(labelled('fits-limit', { limited: 'yes' }));
    const query = { namespace, labelSelector: 'limited', limit: 500 };
    const { items, metadata } = await batch.listNamespacedJob(query);
    assert.deepEqual([items.length, metadata?._continue ?? ''], [1, '']);
  });

  test(
    'namespaces can be made',
    leftOut('namespaces', async () => {
      const body = { metadata: { generateName: 'contract-made-' } };
      const { metadata } = await core.createNamespace({ body });
      const name = metadata?.name ?? '';
      assert.equal((await core.readNamespace({ name })).status?.phase, 'Active');
      await core.deleteNamespace({ name });
    }),
  );

  test('events say what happened to a pod', async () => {
    const { pods } = await runJob(shellJob('eventful'));
    const fieldSelector = `involvedObject.uid=${pods[0]?.metadata?.uid ?? ''}`;
    const { items } = await core.listNamespacedEvent({ namespace, fieldSelector });
    const reasons = items.map(({ reason }) => reason ?? '').toSorted();
    assert.deepEqual(reasons, ['Created', 'Pulled', 'Scheduled', 'Started']);
  });

  test(
    'a list of an exact version is of that version, or Gone',
    leftOut('resourceVersionMatch', async () => {
      const query = { namespace, labelSelector: 'case=exact', resourceVersionMatch: 'Exact' };
      const { metadata } = await batch.listNamespacedJob({ namespace, labelSelector: 'case=exact' });
      const before = metadata?.resourceVersion ?? '';
      await createJob(labelled('exact', { case: 'exact' }));
      const recent = await batch.listNamespacedJob({
        ...query,
        resourceVersion: before,
        resourceVersionMatch: 'NotOlderThan',
      });
      assert.equal(recent.items.length, 1);
      const seen = await batch.listNamespacedJob({ ...query, resourceVersion: before }).then(
        ({ items, metadata: found }) => [items.length, found?.resourceVersion],
        async (error: unknown) => {
          const { code, reason } = await refusalOf(Promise.reject(error));
          return [code, reason];
        },
      );
      assert.deepEqual(seen, seen[0] === 410 ? [410, 'Expired'] : [0, before]);
    }),
  );

  test('a version that is still to come is a time-out to try again after', async () => {
    const matches = standsIn ? [] : ['Exact', 'NotOlderThan'];
    for (const match of [{}, ...matches.map((one) => ({ resourceVersionMatch: one }))]) {
      const query = { namespace, resourceVersion: TOO_LATE, ...match };
      const refusal = await refusalOf(batch.listNamespacedJob(query));
      assert.deepEqual([refusal.code, refusal.reason], [504, 'Timeout']);
      assert.match(
        refusal.message,
        new RegExp(`^Timeout: Too large resource version: ${TOO_LATE}, current: `),
      );
    }
  });

  test(
    'options of a list that do not go together are refused',
    leftOut(
      'resourceVersionMatch',
      async () => {
        for (const [query, causes] of MISUSES) {
          const refusal = await refusalOf(batch.listNamespacedJob({ namespace, ...query }));
          assert.deepEqual([refusal.code, refusal.causes], [422, causes], JSON.stringify(query));
        }
      },
      () => batch.listNamespacedJob({ namespace, resourceVersionMatch: 'Exact' }),
    ),
  );
});

async function namesOf(query: object): Promise<(string | undefined)[]> {
  const { items } = await batch.listNamespacedJob({ namespace, ...query });
  return items.map(({ metadata }) => metadata?.name);
}

/** Returns a suspended Job, so that nothing changes it. */
function labelled(name: string, labels: Record<string, string>): V1Job {
  return shellJob(name, { spec: { suspend: true }, metadata: { labels } });
}
