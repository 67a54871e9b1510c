import { until } from '../../support/until.ts';
import { run } from '../../support/run.ts';

const NAMESPACE = 'beyond-headers';
const GONE_MS = 120_000;

interface Pod {
  metadata: { name: string; deletionTimestamp?: string };
  spec: { containers: Array<{ name: string; image: string }> };
  status: { containerStatuses?: Array<{ restartCount: number; ready: boolean }> };
}

export const kubectl = (...args: string[]): Promise<string> =>
  run('kubectl', ['--namespace', NAMESPACE, ...args]);

async function list<T>(kind: string, selector: string): Promise<T[]> {
  const answer = await kubectl('get', kind, '--selector', selector, '--output', 'json');
  return (JSON.parse(answer) as { items: T[] }).items;
}

/** Returns the only pod of a service. Ignores pods that are being deleted. */
export async function podOf(service: string): Promise<Pod> {
  const pods = await list<Pod>('pods', `app.kubernetes.io/name=${service}`);
  const [pod, ...more] = pods.filter(({ metadata }) => !metadata.deletionTimestamp);
  if (!pod || more.length > 0)
    throw new Error(`Expected one pod of ${service}, got ${more.length + (pod ? 1 : 0)}`);
  return pod;
}

/** Returns values that differ for another pod, and after a restart of its containers. */
export function identityOf({ metadata, spec, status }: Pod): object {
  return {
    name: metadata.name,
    images: spec.containers.map(({ image }) => image),
    restarts: (status.containerStatuses ?? []).map(({ restartCount }) => restartCount),
  };
}

/** Returns the image that the launcher uses for its Jobs. */
export async function jobImage(): Promise<string> {
  const path = '{.spec.template.spec.containers[0].env[?(@.name=="JOB_IMAGE")].value}';
  return kubectl('get', 'deployment/job-launcher', '--output', `jsonpath=${path}`);
}

/** Returns the poller's status. Sends the request inside the pod, because the poller's port is not forwarded. */
export async function pollerStatus(): Promise<{ paused: boolean }> {
  const program = "console.log(await (await fetch('http://127.0.0.1:8082/status')).text())";
  const node = ['node', '--input-type=module', '--eval', program];
  return JSON.parse(await kubectl('exec', 'deployment/poller', '--', ...node)) as { paused: boolean };
}

/** Returns all objects of the demo on the cluster, the namespace first. */
export async function leftovers(): Promise<string[]> {
  const names = ['get', 'namespace', NAMESPACE, '--ignore-not-found', '--output', 'name'];
  const found = [await run('kubectl', names)];
  const kinds = await run('kubectl', [
    'api-resources',
    '--namespaced=false',
    '--verbs=list',
    '--output',
    'name',
  ]);
  const selector = ['--selector', `app.kubernetes.io/part-of=${NAMESPACE}`, '--output', 'name'];
  found.push(await run('kubectl', ['get', kinds.trim().split('\n').join(','), ...selector]));
  return found.flatMap((text) => text.split('\n')).filter(Boolean);
}

export async function untilNothingIsLeft(): Promise<void> {
  await until(leftovers, (found) => found.length === 0, { deadlineMs: GONE_MS, what: 'an empty cluster' });
}
