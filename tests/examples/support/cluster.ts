import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { startCluster } from '@beyond-headers/local-cluster';
import { startTraceStore } from '@beyond-headers/trace-store';
import { COMPILE_CACHE } from '@beyond-headers/local-process/compile-cache';
import { BatchV1Api, CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { until } from '../../support/until.ts';
import { EXAMPLES } from './program.ts';

/** Starts a cluster with one image, which runs this command, and a trace store. `env` points the launcher to both. */
export async function startClusterFor(t: TestContext, image: string, command: readonly string[]) {
  const traces = await startTraceStore();
  t.after(() => traces.close());
  const cluster = await startCluster({
    images: { [image]: { command: [...command], workingDir: EXAMPLES, env: COMPILE_CACHE } },
    timeScale: 0.1,
  });
  t.after(() => cluster.close());
  const config = new KubeConfig();
  config.loadFromString(cluster.kubeconfig());
  const env = {
    KUBECONFIG: await kubeconfigFile(t, cluster.kubeconfig()),
    OTEL_EXPORTER_OTLP_ENDPOINT: traces.otlpUrl,
  };
  return { traces, config, env, finished: (name: string) => finished(config, name) };
}

async function kubeconfigFile(t: TestContext, content: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'examples-'));
  t.after(() => rm(directory, { recursive: true }));
  const path = join(directory, 'kubeconfig');
  await writeFile(path, content);
  return path;
}

/** Waits until a Job has ended, and returns the log of its last pod. Throws with that log if the Job failed. */
async function finished(config: KubeConfig, name: string): Promise<string> {
  const batch = config.makeApiClient(BatchV1Api);
  const { status } = await until(
    () => batch.readNamespacedJob({ namespace: 'default', name }),
    (job) => job.status?.succeeded || job.status?.conditions?.some(({ type }) => type === 'Failed'),
    { what: `end of job ${name}`, deadlineMs: 60_000 },
  );
  const log = await logOf(config, name);
  if (!status?.succeeded) throw new Error(`job ${name} failed:\n${log}`);
  return log;
}

async function logOf(config: KubeConfig, name: string): Promise<string> {
  const core = config.makeApiClient(CoreV1Api);
  const labelSelector = `batch.kubernetes.io/job-name=${name}`;
  const { items } = await core.listNamespacedPod({ namespace: 'default', labelSelector });
  const pod = items.at(-1)?.metadata?.name ?? '';
  return core.readNamespacedPodLog({ namespace: 'default', name: pod });
}
