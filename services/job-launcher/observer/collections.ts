import type { BatchV1Api, CoreV1Api, KubeConfig, V1Job, V1ListMeta, V1Pod } from '@kubernetes/client-node';
import { REPORT_JOB_SELECTOR } from '../job-manifest.ts';
import { asked } from '../kubernetes-error.ts';
import { timeLimited } from '../request-timeout.ts';
import type { Collection } from './follow.ts';
import { watch } from './watch.ts';

/** Short, because a proxy that buffers whole responses delays outcomes until the watch ends. */
const WATCH_SECONDS = 20;
/** For one page of a list. */
const LIST_TIMEOUT_MS = 10_000;
const PAGE_SIZE = 500;

export interface ClusterAccess {
  config: KubeConfig;
  batch: BatchV1Api;
  core: CoreV1Api;
}

/** Returns the collection of Jobs that this service created. */
export function reportJobs(
  { config, batch }: ClusterAccess,
  namespace: string,
  seconds = WATCH_SECONDS,
): Collection<V1Job> {
  const path = `/apis/batch/v1/namespaces/${namespace}/jobs`;
  return {
    name: 'Jobs',
    list: (signal) =>
      allPages((token) =>
        batch.listNamespacedJob(pageOf(namespace, token), timeLimited(signal, LIST_TIMEOUT_MS)),
      ),
    watch: (version, signal) => watch(config, path, { version, seconds, signal }),
  };
}

/** Returns the collection of these Jobs' pods. */
export function reportPods(
  { config, core }: ClusterAccess,
  namespace: string,
  seconds = WATCH_SECONDS,
): Collection<V1Pod> {
  const path = `/api/v1/namespaces/${namespace}/pods`;
  return {
    name: 'pods',
    list: (signal) =>
      allPages((token) =>
        core.listNamespacedPod(pageOf(namespace, token), timeLimited(signal, LIST_TIMEOUT_MS)),
      ),
    watch: (version, signal) => watch(config, path, { version, seconds, signal }),
  };
}

const pageOf = (namespace: string, token: string | undefined) => ({
  namespace,
  labelSelector: REPORT_JOB_SELECTOR,
  limit: PAGE_SIZE,
  ...(token && { _continue: token }),
});

/** The version is that of the first page, so the watch delivers changes that happen while the other pages are read. */
async function allPages<T>(
  read: (token: string | undefined) => Promise<{ items: T[]; metadata?: V1ListMeta }>,
): Promise<{ items: T[]; version: string }> {
  const first = await asked(read(undefined));
  const items = [...(first.items ?? [])];
  for (let token = first.metadata?._continue; token;) {
    const page = await asked(read(token));
    items.push(...(page.items ?? []));
    token = page.metadata?._continue;
  }
  return { items, version: first.metadata?.resourceVersion ?? '' };
}
