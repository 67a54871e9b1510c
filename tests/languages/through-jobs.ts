import type { V1EnvVar } from '@kubernetes/client-node';
import { makeNamespace, type TestNamespace } from '../cluster/support/namespace.ts';
import { restrictedJob } from '../cluster/support/restricted-job.ts';
import { until } from '../support/until.ts';
import type { Fields } from './table.ts';

const CONTAINERS = 25;
const DEADLINE_MS = 300_000;
/** The kubelet inserts this value for `$(SECRET)` in lists that don't escape it. */
const SECRET: V1EnvVar = { name: 'SECRET', value: 'expanded' };
const PRINT = 'process.stdout.write(JSON.stringify(process.env))';

/** Runs a Job's container with each list, and returns the environments that the kubelet created. */
export async function throughJobs(image: string, lists: readonly V1EnvVar[][]): Promise<Fields[]> {
  const namespace = await makeNamespace();
  try {
    const environments: Fields[] = [];
    for (let from = 0; from < lists.length; from += CONTAINERS)
      environments.push(...(await runJob(namespace, image, lists.slice(from, from + CONTAINERS))));
    return environments;
  } finally {
    await namespace.remove();
  }
}

async function runJob(
  { batch, core, name: namespace }: TestNamespace,
  image: string,
  lists: readonly V1EnvVar[][],
): Promise<Fields[]> {
  const containers = lists.map((list, index) => ({
    name: `list-${index}`,
    image,
    command: ['node', '-e', PRINT],
    env: [SECRET, ...list],
  }));
  const body = restrictedJob({ generateName: 'languages-' }, containers, DEADLINE_MS / 1_000);
  const { metadata: { name = '' } = {} } = await batch.createNamespacedJob({ namespace, body });
  await until(
    () => batch.readNamespacedJob({ namespace, name }),
    ({ status }) => status?.succeeded === 1,
    { what: `the end of ${name}`, deadlineMs: DEADLINE_MS },
  );
  const labelSelector = `batch.kubernetes.io/job-name=${name}`;
  const { items } = await core.listNamespacedPod({ namespace, labelSelector });
  const pod = items[0]?.metadata?.name ?? '';
  return Promise.all(
    lists.map(async (list, index) => {
      const log = await core.readNamespacedPodLog({ namespace, name: pod, container: `list-${index}` });
      const environment = JSON.parse(log) as Fields;
      return Object.fromEntries(list.map((variable) => [variable.name, environment[variable.name] ?? '']));
    }),
  );
}
