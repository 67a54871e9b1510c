import assert from 'node:assert/strict';
import { makeInformer, Watch, type V1Job } from '@kubernetes/client-node';
import { isFinished, lastOf, type Contract, type WatchEvent } from '../cluster-under-test.ts';
import type { ContractCase } from '../contract-case.ts';
import { shellJob } from '../manifests.ts';
import { refusalOf } from '../refusals.ts';
import { plain } from '../summaries.ts';

/** Lists, selectors and watches. */
export const reading: ContractCase[] = [
  {
    name: 'a Job is returned with the defaults filled in',
    async run(contract: Contract) {
      const { image } = contract;
      const container = {
        imagePullPolicy: undefined,
        env: [{ name: 'N', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
      };
      const spec = { backoffLimit: undefined, suspend: true };
      const job = await contract.createJob(shellJob({ name: 'defaults', image, spec, container }));
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
    },
  },
  {
    name: 'a watch shows a Job from its creation to its end',
    async run(contract: Contract) {
      const watch = await contract.openJobWatch('watched', (seen) => isFinished(seen.at(-1)?.object));
      await contract.createJob(shellJob({ name: 'watched', image: contract.image, script: 'sleep 3' }));
      const events = await watch.events;
      assert.deepEqual(
        [events[0]?.type, new Set(events.slice(1).map(({ type }) => type))],
        ['ADDED', new Set(['MODIFIED'])],
      );
      const versions = events.map(({ object }) => Number(object.metadata?.resourceVersion));
      assert.deepEqual(
        versions,
        versions.toSorted((a, b) => a - b),
      );
      assert.deepEqual(milestones(events), ['active', 'active,ready', 'SuccessCriteriaMet', 'Complete']);
    },
  },
  {
    name: 'a watch goes on from a resource version without loss',
    async run(contract: Contract) {
      const created = await contract.createJob(shellJob({ name: 'resumed', image: contract.image }));
      await contract.finished('resumed');
      const since = created.metadata?.resourceVersion ?? '';
      const types = await watchFor(contract, {
        fieldSelector: 'metadata.name=resumed',
        resourceVersion: since,
        timeoutSeconds: 1,
      });
      assert.ok(types.length > 0);
      assert.deepEqual(new Set(types), new Set(['MODIFIED']));
    },
  },
  {
    name: 'a watch ends without an error when its time is up',
    async run(contract: Contract) {
      const types = await watchFor(contract, { fieldSelector: 'metadata.name=not-there', timeoutSeconds: 1 });
      assert.deepEqual(types, []);
    },
  },
  {
    name: 'objects appear and vanish for a watch as their labels change',
    async run(contract: Contract) {
      const { namespace, image } = contract;
      const created = await contract.createJob(
        shellJob({ name: 'relabelled', image, spec: { suspend: true } }),
      );
      const query = {
        labelSelector: 'case=relabelled',
        resourceVersion: created.metadata?.resourceVersion ?? '',
        timeoutSeconds: 3,
      };
      const types = watchFor(contract, query);
      await setLabel(contract, namespace, 'relabelled', 'relabelled');
      await setLabel(contract, namespace, 'relabelled', 'other');
      assert.deepEqual(await types, ['ADDED', 'DELETED']);
    },
  },
  {
    name: 'an informer keeps what a list and a watch deliver',
    async run(contract: Contract) {
      const { namespace, image, config } = contract;
      const labelSelector = 'case=informed';
      const path = `/apis/batch/v1/namespaces/${namespace}/jobs`;
      const informer = makeInformer<V1Job>(
        config,
        path,
        () => contract.batch.listNamespacedJob({ namespace, labelSelector }),
        labelSelector,
      );
      const { promise: complete, resolve } = Promise.withResolvers<void>();
      const { promise: deleted, resolve: resolveDeleted } = Promise.withResolvers<void>();
      informer.on('update', (job) => isFinished(job) && resolve());
      informer.on('delete', () => resolveDeleted());
      await informer.start();
      const job = shellJob({ name: 'informed', image });
      await contract.createJob({ ...job, metadata: { name: 'informed', labels: { case: 'informed' } } });
      await complete;
      assert.equal(informer.get('informed', namespace)?.status?.succeeded, 1);
      await contract.batch.deleteNamespacedJob({
        namespace,
        name: 'informed',
        propagationPolicy: 'Background',
      });
      await deleted;
      await informer.stop();
      assert.deepEqual(informer.list(namespace), []);
    },
  },
  {
    name: 'lists are selected by labels and fields',
    async run(contract: Contract) {
      const { namespace, image } = contract;
      for (const n of ['1', '2', '3']) {
        const job = shellJob({ name: `listed-${n}`, image, spec: { suspend: true } });
        await contract.createJob({ ...job, metadata: { name: `listed-${n}`, labels: { listed: 'yes', n } } });
      }
      const names = async (query: object): Promise<(string | undefined)[]> => {
        const { items } = await contract.batch.listNamespacedJob({ namespace, ...query });
        return items.map(({ metadata }) => metadata?.name);
      };
      assert.deepEqual(await names({ labelSelector: 'listed=yes,n!=2' }), ['listed-1', 'listed-3']);
      assert.deepEqual(await names({ labelSelector: 'listed,n in (2, 3)' }), ['listed-2', 'listed-3']);
      assert.deepEqual(await names({ labelSelector: 'listed,n notin (2,3)' }), ['listed-1']);
      assert.deepEqual(await names({ labelSelector: 'listed,!n' }), []);
      assert.deepEqual(await names({ fieldSelector: 'metadata.name=listed-2' }), ['listed-2']);
      const wrong = await refusalOf(
        contract.batch.listNamespacedJob({ namespace, fieldSelector: 'spec.bogus=1' }),
      );
      assert.deepEqual([wrong.code, wrong.message], [400, 'field label "spec.bogus" not supported for Job']);
    },
  },
  {
    name: 'a long list comes in pages',
    leftOut: {
      call: (contract) =>
        contract.batch.listNamespacedJob({ namespace: contract.namespace, _continue: 'a-token' }),
      names: 'continue',
    },
    async run(contract: Contract) {
      const { namespace, image } = contract;
      for (const n of ['a', 'b', 'c']) {
        const job = shellJob({ name: `paged-${n}`, image, spec: { suspend: true } });
        await contract.createJob({ ...job, metadata: { name: `paged-${n}`, labels: { paged: 'yes' } } });
      }
      const names: (string | undefined)[] = [];
      let token: string | undefined = '';
      do {
        const query = { namespace, labelSelector: 'paged', limit: 2, ...(token ? { _continue: token } : {}) };
        const page = await contract.batch.listNamespacedJob(query);
        names.push(...page.items.map(({ metadata }) => metadata?.name));
        token = page.metadata?._continue;
      } while (token);
      assert.deepEqual(names, ['paged-a', 'paged-b', 'paged-c']);
    },
  },
  {
    name: 'a list that fits its limit is whole, as kubectl asks for it',
    async run(contract: Contract) {
      const { namespace, image } = contract;
      const job = shellJob({ name: 'fits-limit', image, spec: { suspend: true } });
      await contract.createJob({ ...job, metadata: { name: 'fits-limit', labels: { limited: 'yes' } } });
      const query = { namespace, labelSelector: 'limited', limit: 500 };
      const { items, metadata } = await contract.batch.listNamespacedJob(query);
      assert.deepEqual([items.length, metadata?._continue ?? ''], [1, '']);
    },
  },
  {
    name: 'namespaces can be made',
    leftOut: {
      call: (contract) => contract.core.createNamespace({ body: { metadata: { name: 'made' } } }),
      names: 'namespaces',
    },
    async run(contract: Contract) {
      const body = { metadata: { generateName: 'contract-made-' } };
      const { metadata } = await contract.core.createNamespace({ body });
      const name = metadata?.name ?? '';
      assert.equal((await contract.core.readNamespace({ name })).status?.phase, 'Active');
      await contract.core.deleteNamespace({ name });
    },
  },
  {
    name: 'events say what happened to a pod',
    async run(contract: Contract) {
      const { pods } = await contract.runJob(shellJob({ name: 'eventful', image: contract.image }));
      const fieldSelector = `involvedObject.uid=${pods[0]?.metadata?.uid ?? ''}`;
      const { items } = await contract.core.listNamespacedEvent({
        namespace: contract.namespace,
        fieldSelector,
      });
      const reasons = items.map(({ reason }) => reason ?? '').toSorted();
      assert.deepEqual(reasons, ['Created', 'Pulled', 'Scheduled', 'Started']);
    },
  },
];

/** Returns the distinct steps of a Job's status, in order. */
function milestones(events: WatchEvent<V1Job>[]): string[] {
  const steps = events.map(({ object: { status = {} } }) => {
    const last = status.conditions?.at(-1)?.type;
    if (last) return last;
    if (!status.startTime) return '';
    return [status.active ? 'active' : '', status.ready ? 'ready' : ''].filter(Boolean).join(',');
  });
  return [...new Set(steps.filter(Boolean))];
}

/** Returns the types of a watch's events, after the server has ended it. */
async function watchFor(contract: Contract, query: Record<string, string | number>): Promise<string[]> {
  const types: string[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const done = (error: unknown): void => {
    if (!error || error === Watch.SERVER_SIDE_CLOSE) resolve();
    else reject(error instanceof Error ? error : new Error('The watch failed', { cause: error }));
  };
  const path = `/apis/batch/v1/namespaces/${contract.namespace}/jobs`;
  await new Watch(contract.config).watch(path, query, (type) => types.push(type), done);
  await promise;
  return types;
}

async function setLabel(contract: Contract, namespace: string, name: string, value: string): Promise<void> {
  const job = lastOf(await contract.watchJob(name, (seen) => seen.length > 0));
  const labels = { ...job.metadata?.labels, case: value };
  const body = [{ op: 'replace', path: '/metadata/labels', value: labels }];
  await contract.batch.patchNamespacedJob({ namespace, name, body });
}
