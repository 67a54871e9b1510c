import {
  Watch,
  type BatchV1Api,
  type CoreV1Api,
  type KubeConfig,
  type V1Job,
  type V1Pod,
} from '@kubernetes/client-node';
import { REPORT_JOB_SELECTOR } from '../job-manifest.ts';
import { asked } from '../kubernetes-error.ts';
import { timeLimited } from '../request-timeout.ts';
import { VersionExpired, type Change, type Collection } from './follow.ts';

/** The server ends each watch after this time, so that none lives for ever. */
const WATCH_SECONDS = 240;
const LIST_TIMEOUT_MS = 10_000;

export interface ClusterAccess {
  config: KubeConfig;
  batch: BatchV1Api;
  core: CoreV1Api;
}

/** The Jobs that this service made. */
export function reportJobs({ config, batch }: ClusterAccess, namespace: string): Collection<V1Job> {
  return {
    list: async (signal) =>
      page(await asked(batch.listNamespacedJob(query(namespace), timeLimited(signal, LIST_TIMEOUT_MS)))),
    watch: watcher(config, `/apis/batch/v1/namespaces/${namespace}/jobs`),
  };
}

/** The pods of these Jobs. */
export function reportPods({ config, core }: ClusterAccess, namespace: string): Collection<V1Pod> {
  return {
    list: async (signal) =>
      page(await asked(core.listNamespacedPod(query(namespace), timeLimited(signal, LIST_TIMEOUT_MS)))),
    watch: watcher(config, `/api/v1/namespaces/${namespace}/pods`),
  };
}

const query = (namespace: string) => ({ namespace, labelSelector: REPORT_JOB_SELECTOR });

const page = <T>({ items, metadata }: { items: T[]; metadata?: { resourceVersion?: string } }) => ({
  items,
  version: metadata?.resourceVersion ?? '',
});

interface WatchedObject {
  code?: number;
  metadata?: { resourceVersion?: string };
}

function watcher<T>(config: KubeConfig, path: string): Collection<T>['watch'] {
  return async (version, onChange, signal) => {
    const parameters = {
      labelSelector: REPORT_JOB_SELECTOR,
      resourceVersion: version,
      timeoutSeconds: WATCH_SECONDS,
      allowWatchBookmarks: true,
    };
    let failure: Error | undefined;
    const received = (type: string, object: WatchedObject) => {
      if (type === 'ERROR') failure = watchError(object);
      else onChange(toChange<T>(type, object), object.metadata?.resourceVersion ?? version);
    };
    const ended = Promise.withResolvers<void>();
    const end = (error: unknown) => settle(ended, failure ?? error);
    const opening = new Watch(config).watch(path, parameters, received, end);
    opening.catch(end);
    const stop = () => {
      // Not awaited: opening a stream to a server that is silent takes as long as the client's own time-out.
      opening.then((stream) => stream.abort()).catch(() => {});
      ended.resolve();
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    await ended.promise.finally(() => signal.removeEventListener('abort', stop));
  };
}

/** A bookmark only moves the version on. https://kubernetes.io/docs/reference/using-api/api-concepts/#watch-bookmarks */
function toChange<T>(type: string, object: WatchedObject): Change<T> | undefined {
  return type === 'BOOKMARK' ? undefined : { type: type as Change<T>['type'], object: object as T };
}

function watchError({ code }: WatchedObject): Error {
  return code === 410
    ? new VersionExpired('the version to watch from has expired')
    : new Error(`the watch ended with ${code ?? 'an error'}`);
}

function settle(ended: PromiseWithResolvers<void>, error: unknown): void {
  // The client ends a stream that has been silent for 30 s this way: the connection may be dead, so it is made anew.
  if (!error || (error instanceof Error && error.name === 'TimeoutError')) ended.resolve();
  else if ((error as { statusCode?: number }).statusCode === 410) ended.reject(watchError({ code: 410 }));
  else ended.reject(error instanceof Error ? error : new Error('the watch failed', { cause: error }));
}
