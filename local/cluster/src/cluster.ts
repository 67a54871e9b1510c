import { cutServer, listen, urlOf } from '@beyond-headers/service-kit/listen';
import { clusterApp } from './api/app.ts';
import { Watches } from './api/watch.ts';
import { collectGarbage } from './controllers/garbage-collector.ts';
import { controlJobs } from './controllers/job-controller.ts';
import { limitObjects } from './controllers/retention.ts';
import { MAX_PODS, schedule } from './controllers/scheduler.ts';
import { kubeconfigFor } from './kubeconfig.ts';
import { Kubelet } from './kubelet/kubelet.ts';
import { LogBook } from './kubelet/log-book.ts';
import type { Image, Node } from './kubelet/node.ts';
import { serviceEnv } from './kubelet/service-env.ts';
import { newNamespace } from './namespaces.ts';
import { eventRecorder } from './store/events.ts';
import { Store } from './store/store.ts';

const NODE_NAME = 'local-node';
// The API has no authentication, so it listens only on the loopback address.
const HOST = '127.0.0.1';

export interface ClusterLogger {
  info(message: string): void;
  error(message: string): void;
}

export interface ClusterOptions {
  /** Port to listen on. 0, the default, picks a free port. */
  port?: number;
  /** Program that each image runs, by image name. A container with any other image waits with `ErrImagePull`. */
  images: Readonly<Record<string, Image>>;
  /**
   * Factor for delays that are built into Kubernetes, such as the retry of a failed pod or the image pull backoff: 0.1 turns 10 s into 1
   * s. Times in a manifest (deadline, TTL, grace period) are not scaled.
   */
  timeScale?: number;
  /** Namespaces besides `default`. */
  namespaces?: string[];
  /** Host names under which clients may reach the API, in addition to IP addresses, names without a dot, and names in local domains. */
  allowedHosts?: readonly string[];
  logger?: ClusterLogger;
}

export interface Cluster {
  /** Base URL of the API, `http://127.0.0.1:PORT`. */
  url: string;
  /** Returns a kubeconfig for this cluster, as YAML. */
  kubeconfig(): string;
  /** Kills all pods, ends all watches and stops listening; resolves when no process and no connection is left. */
  close(): Promise<void>;
}

/** Starts a cluster that serves the batch part of the Kubernetes API, and runs pods as child processes of this process. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { port = 0, images, namespaces = [], allowedHosts, logger } = options;
  const store = new Store();
  for (const name of new Set(['default', ...namespaces])) store.create('namespaces', newNamespace(name));
  const watches = new Watches(store);
  const logs = new LogBook();
  const onError = (error: unknown): void => logger?.error(`Failed to answer a request: ${String(error)}`);
  const server = await listen(clusterApp({ store, logs, watches, allowedHosts, onError }), HOST, port);
  const url = urlOf(server);
  const stop = startControllers(store, logs, options, Number(new URL(url).port));
  logger?.info(`Kubernetes API on ${url}, images: ${Object.keys(images).join(', ') || 'none'}`);
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await stop();
    watches.close();
    await cutServer(server);
  };
  return { url, kubeconfig: () => kubeconfigFor(url), close: () => (closing ??= close()) };
}

function startControllers(
  store: Store,
  logs: LogBook,
  { images, timeScale = 1 }: ClusterOptions,
  port: number,
): () => Promise<void> {
  const node: Node = {
    name: NODE_NAME,
    address: HOST,
    images,
    serviceEnv: serviceEnv(HOST, port),
    scaled: (seconds) => seconds * 1000 * timeScale,
    store,
    event: eventRecorder(store, NODE_NAME),
    logs,
  };
  const kubelet = new Kubelet(node);
  const ends = [
    controlJobs(node),
    schedule(node, () => kubelet.running < MAX_PODS),
    collectGarbage(store),
    limitObjects(store),
  ];
  return async () => {
    for (const end of ends) end();
    await kubelet.close();
  };
}
