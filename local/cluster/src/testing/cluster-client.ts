import { startCluster, type Cluster, type ClusterOptions } from '../cluster.ts';
import type { Job, Pod } from '../objects.ts';

export const SHELL_IMAGE = 'shell:1';

/** Starts a cluster with an image that runs `sh`, passes it to `use`, and closes it afterwards. */
export async function withCluster(
  use: (cluster: Cluster) => Promise<void>,
  options: Partial<ClusterOptions> = {},
): Promise<void> {
  const cluster = await startCluster({
    images: { [SHELL_IMAGE]: { command: ['sh'] } },
    timeScale: 0.02,
    ...options,
  });
  try {
    await use(cluster);
  } finally {
    await cluster.close();
  }
}

export function jobsUrl(url: string, rest = ''): string {
  return `${url}/apis/batch/v1/namespaces/default/jobs${rest}`;
}

export function podsUrl(url: string, rest = ''): string {
  return `${url}/api/v1/namespaces/default/pods${rest}`;
}

/** Returns a Job manifest that runs a shell script once. */
export function jobManifest(name: string, script: string, spec: object = {}): object {
  const containers = [{ name: 'main', image: SHELL_IMAGE, command: ['sh', '-c', script] }];
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: { backoffLimit: 0, ...spec, template: { spec: { restartPolicy: 'Never', containers } } },
  };
}

export function createJob(url: string, manifest: object): Promise<Response> {
  return fetch(jobsUrl(url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(manifest),
  });
}

export async function readJob(url: string, name: string): Promise<Job> {
  return (await (await fetch(jobsUrl(url, `/${name}`))).json()) as Job;
}

export async function listPods(url: string): Promise<Pod[]> {
  const { items } = (await (await fetch(podsUrl(url))).json()) as { items: Pod[] };
  return items;
}

/** Returns the process id from each container's `containerID`, or 0 for a container without one. */
export function processIds(pods: Pod[]): number[] {
  return pods.flatMap(({ status }) =>
    (status.containerStatuses ?? []).map(({ containerID = '' }) => Number(containerID.split('//')[1] ?? 0)),
  );
}
