import {
  BatchV1Api,
  CoreV1Api,
  VersionApi,
  Watch,
  type KubeConfig,
  type V1Job,
  type V1ObjectMeta,
  type V1Pod,
} from '@kubernetes/client-node';

/** A cluster on which the contract is tested. */
export interface ClusterUnderTest {
  config: KubeConfig;
  /** An image with `sh`, `env`, `sleep`, and `cat` that the cluster can run. */
  image: string;
  /** Factor for Kubernetes' built-in delays. It is 1 for a real cluster. */
  timeScale: number;
  /** A namespace for this run, in which pods can be created. */
  namespace: string;
  /** Whether this is the stand-in, which leaves out what the project doesn't need. */
  standsIn: boolean;
  close(): Promise<void>;
}

export interface WatchEvent<T> {
  type: string;
  object: T;
  /** Time of arrival, from `performance.now()`. */
  atMs: number;
}

interface Collected<T> {
  open: Promise<unknown>;
  events: Promise<WatchEvent<T>[]>;
}

const DEADLINE_MS = 90_000;

/** What the cases of the contract use: Kubernetes' clients, as a launcher uses them, and the namespace of the run. */
export class Contract {
  readonly batch: BatchV1Api;
  readonly core: CoreV1Api;
  readonly config: KubeConfig;
  readonly image: string;
  readonly timeScale: number;
  readonly namespace: string;
  readonly standsIn: boolean;

  constructor({ config, image, timeScale, namespace, standsIn }: ClusterUnderTest) {
    this.config = config;
    this.image = image;
    this.timeScale = timeScale;
    this.namespace = namespace;
    this.standsIn = standsIn;
    this.batch = config.makeApiClient(BatchV1Api);
    this.core = config.makeApiClient(CoreV1Api);
  }

  /** Returns the cluster's minor version, such as 34 for Kubernetes 1.34. */
  async minorVersion(): Promise<number> {
    const { minor } = await this.config.makeApiClient(VersionApi).getCode();
    return Number.parseInt(minor, 10);
  }

  createJob(body: V1Job): Promise<V1Job> {
    return this.batch.createNamespacedJob({ namespace: this.namespace, body });
  }

  readJob(name: string): Promise<V1Job> {
    return this.batch.readNamespacedJob({ namespace: this.namespace, name });
  }

  async podsOf(jobName: string): Promise<V1Pod[]> {
    const labelSelector = `batch.kubernetes.io/job-name=${jobName}`;
    const { items } = await this.core.listNamespacedPod({ namespace: this.namespace, labelSelector });
    return items.toSorted((a, b) => createdAt(a) - createdAt(b));
  }

  logOf(pod: V1Pod, container?: string): Promise<string> {
    const name = pod.metadata?.name ?? '';
    return this.core.readNamespacedPodLog({
      namespace: this.namespace,
      name,
      ...(container ? { container } : {}),
    });
  }

  /** Watches one Job until `enough` accepts its events. If the Job exists already, the first event has its current state. */
  watchJob(name: string, enough: (events: WatchEvent<V1Job>[]) => boolean): Promise<WatchEvent<V1Job>[]> {
    return this.#collectJob(name, enough).events;
  }

  /** Watches the pods of one Job in the same way. */
  watchPods(jobName: string, enough: (events: WatchEvent<V1Pod>[]) => boolean): Promise<WatchEvent<V1Pod>[]> {
    return this.#collectPods(jobName, enough).events;
  }

  /** Resolves when the watch is open, so that no later event is missed. Its `events` resolve when `enough` accepts them. */
  async openPodWatch(
    jobName: string,
    enough: (events: WatchEvent<V1Pod>[]) => boolean,
  ): Promise<{ events: Promise<WatchEvent<V1Pod>[]> }> {
    const { open, events } = this.#collectPods(jobName, enough);
    await open;
    return { events };
  }

  /** Does the same for one Job. */
  async openJobWatch(
    name: string,
    enough: (events: WatchEvent<V1Job>[]) => boolean,
  ): Promise<{ events: Promise<WatchEvent<V1Job>[]> }> {
    const { open, events } = this.#collectJob(name, enough);
    await open;
    return { events };
  }

  /** Resolves with the Job once it is Complete or Failed. */
  async finished(name: string): Promise<V1Job> {
    const events = await this.watchJob(name, (seen) => isFinished(seen.at(-1)?.object));
    return lastOf(events);
  }

  /** Creates a Job, waits until it is finished, and returns it with its pods. */
  async runJob(body: V1Job): Promise<{ job: V1Job; pods: V1Pod[] }> {
    const name = body.metadata?.name ?? '';
    await this.createJob(body);
    return { job: await this.finished(name), pods: await this.podsOf(name) };
  }

  #collectJob(name: string, enough: (events: WatchEvent<V1Job>[]) => boolean): Collected<V1Job> {
    const path = `/apis/batch/v1/namespaces/${this.namespace}/jobs`;
    return this.#collect(path, { fieldSelector: `metadata.name=${name}` }, enough);
  }

  #collectPods(jobName: string, enough: (events: WatchEvent<V1Pod>[]) => boolean): Collected<V1Pod> {
    const path = `/api/v1/namespaces/${this.namespace}/pods`;
    return this.#collect(path, { labelSelector: `batch.kubernetes.io/job-name=${jobName}` }, enough);
  }

  #collect<T>(
    path: string,
    query: Record<string, string>,
    enough: (events: WatchEvent<T>[]) => boolean,
  ): Collected<T> {
    const events: WatchEvent<T>[] = [];
    const { promise, resolve, reject } = Promise.withResolvers<WatchEvent<T>[]>();
    const expired = (): void =>
      reject(new Error(`Nothing satisfied the watch within ${DEADLINE_MS} ms: ${shown(events)}`));
    const timer = setTimeout(expired, DEADLINE_MS);
    const started = new Watch(this.config).watch(
      path,
      query,
      (type: string, object: T) => {
        events.push({ type, object, atMs: performance.now() });
        if (enough(events)) resolve(events);
      },
      (error) => reject(error instanceof Error ? error : new Error(`The watch ended: ${String(error)}`)),
    );
    started.catch(reject);
    const ended = promise.finally(() => {
      clearTimeout(timer);
      started.then((controller) => controller.abort(), reject);
    });
    return { open: started, events: ended };
  }
}

export function lastOf<T>(events: WatchEvent<T>[]): T {
  const last = events.at(-1);
  if (!last) throw new Error('The watch gave no event. Expected at least one.');
  return last.object;
}

export function isFinished(job: V1Job | undefined): boolean {
  return (
    job?.status?.conditions?.some(
      ({ type, status }) => /^(Complete|Failed)$/.test(type) && status === 'True',
    ) ?? false
  );
}

function createdAt({ metadata }: V1Pod): number {
  return new Date(metadata?.creationTimestamp ?? 0).getTime();
}

function shown(events: WatchEvent<unknown>[]): string {
  const last = events.at(-1);
  const { metadata, status } = (last?.object ?? {}) as { metadata?: V1ObjectMeta; status?: object };
  return `${events.length} events, the last ${last?.type ?? 'none'} ${metadata?.name ?? ''} ${JSON.stringify(status)}`;
}
