import assert from 'node:assert/strict';
import { Watch, type V1Job } from '@kubernetes/client-node';
import type { Contract } from '../cluster-under-test.ts';
import type { ContractCase } from '../contract-case.ts';
import { shellJob } from '../manifests.ts';
import { refusalOf } from '../refusals.ts';

const INITIAL_EVENTS_END = 'k8s.io/initial-events-end';
const TOO_LATE = '99999999999999';

// Options of a list or a watch that can't be combined, and the causes in the Status.
const MISUSES: readonly (readonly [query: Record<string, string>, causes: string[]])[] = [
  [{ resourceVersionMatch: 'Exact' }, ['FieldValueForbidden resourceVersionMatch']],
  [{ resourceVersionMatch: 'Exact', resourceVersion: '0' }, ['FieldValueForbidden resourceVersionMatch']],
  [{ resourceVersionMatch: 'Bogus', resourceVersion: '1' }, ['FieldValueNotSupported resourceVersionMatch']],
  [{ sendInitialEvents: 'true' }, ['FieldValueForbidden sendInitialEvents']],
];

const LISTS_BY_MATCH: ContractCase['leftOut'] = {
  call: ({ batch, namespace }) => batch.listNamespacedJob({ namespace, resourceVersionMatch: 'Exact' }),
  names: 'resourceVersionMatch',
};

/** How lists and watches handle the resource version that the caller names. */
export const versions: ContractCase[] = [
  {
    name: 'a watch from any version ends what there is with a bookmark',
    async run(contract: Contract) {
      const name = 'bookmarked';
      await contract.createJob(shellJob({ name, image: contract.image, spec: { suspend: true } }));
      for (const version of [{}, { resourceVersion: '0' }]) {
        const query = { fieldSelector: `metadata.name=${name}`, timeoutSeconds: 4, ...version };
        const events = await watched(contract, { ...query, allowWatchBookmarks: true });
        const [first] = events;
        const bookmark = events.find(({ type }) => type === 'BOOKMARK')?.object.metadata;
        assert.equal(first?.type, 'ADDED');
        assert.equal(bookmark?.annotations?.[INITIAL_EVENTS_END], 'true');
        assert.ok(Number(bookmark?.resourceVersion) >= Number(first?.object.metadata?.resourceVersion));
        const unasked = await watched(contract, { ...query, timeoutSeconds: 1 });
        assert.equal(
          unasked.some(({ type }) => type === 'BOOKMARK'),
          false,
        );
      }
    },
  },
  {
    name: 'a watch leaves a bookmark before its time is up',
    async run(contract: Contract) {
      const { metadata } = await contract.batch.listNamespacedJob({ namespace: contract.namespace });
      const resourceVersion = metadata?.resourceVersion ?? '';
      const query = { fieldSelector: 'metadata.name=none', timeoutSeconds: 4, resourceVersion };
      const events = await watched(contract, { ...query, allowWatchBookmarks: true });
      const [bookmark] = events.filter(({ type }) => type === 'BOOKMARK');
      assert.ok(Number(bookmark?.object.metadata?.resourceVersion) >= Number(resourceVersion));
      assert.equal(bookmark?.object.metadata?.annotations?.[INITIAL_EVENTS_END], undefined);
    },
  },
  {
    name: 'a list of an exact version is of that version, or Gone',
    leftOut: LISTS_BY_MATCH,
    async run(contract: Contract) {
      const { batch, namespace, image } = contract;
      const query = { namespace, labelSelector: 'case=exact', resourceVersionMatch: 'Exact' };
      const job = shellJob({ name: 'exact', image, spec: { suspend: true } });
      const { metadata } = await batch.listNamespacedJob({ namespace, labelSelector: 'case=exact' });
      const before = metadata?.resourceVersion ?? '';
      await contract.createJob({ ...job, metadata: { name: 'exact', labels: { case: 'exact' } } });
      const seen = await batch.listNamespacedJob({ ...query, resourceVersion: before }).then(
        ({ items, metadata: found }) => [items.length, found?.resourceVersion],
        async (error: unknown) => {
          const { code, reason } = await refusalOf(Promise.reject(error));
          return [code, reason];
        },
      );
      assert.deepEqual(seen, seen[0] === 410 ? [410, 'Expired'] : [0, before]);
      const recent = await batch.listNamespacedJob({
        ...query,
        resourceVersion: before,
        resourceVersionMatch: 'NotOlderThan',
      });
      assert.equal(recent.items.length, 1);
    },
  },
  {
    name: 'a version that is still to come is a time-out to try again after',
    async run(contract: Contract) {
      const { batch, namespace } = contract;
      const matches = contract.standsIn ? [] : ['Exact', 'NotOlderThan'];
      for (const match of [{}, ...matches.map((one) => ({ resourceVersionMatch: one }))]) {
        const query = { namespace, resourceVersion: TOO_LATE, ...match };
        const refusal = await refusalOf(batch.listNamespacedJob(query));
        assert.deepEqual([refusal.code, refusal.reason], [504, 'Timeout']);
        assert.match(
          refusal.message,
          new RegExp(`^Timeout: Too large resource version: ${TOO_LATE}, current: `),
        );
      }
    },
  },
  {
    name: 'options of a list that do not go together are refused',
    leftOut: LISTS_BY_MATCH,
    async run(contract: Contract) {
      const { batch, namespace } = contract;
      for (const [query, causes] of MISUSES) {
        const options = { ...query, ...('sendInitialEvents' in query ? { sendInitialEvents: true } : {}) };
        const refusal = await refusalOf(batch.listNamespacedJob({ namespace, ...options }));
        assert.deepEqual([refusal.code, refusal.causes], [422, causes], JSON.stringify(query));
      }
    },
  },
];

/** Returns the events of a watch of Jobs, after the server has ended it. */
async function watched(contract: Contract, query: object): Promise<{ type: string; object: V1Job }[]> {
  const events: { type: string; object: V1Job }[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const path = `/apis/batch/v1/namespaces/${contract.namespace}/jobs`;
  await new Watch(contract.config).watch(
    path,
    query as Record<string, string>,
    (type, object: V1Job) => events.push({ type, object }),
    (error: unknown) =>
      !error || error === Watch.SERVER_SIDE_CLOSE
        ? resolve()
        : reject(new Error('The watch failed', { cause: error })),
  );
  await promise;
  return events;
}
