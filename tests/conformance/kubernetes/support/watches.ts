import { Watch, type V1Job, type V1ObjectMeta, type V1Pod } from '@kubernetes/client-node';
import { config, namespace } from './cluster.ts';

export interface WatchEvent<T> {
  type: string;
  object: T;
  /** Time of arrival, from `performance.now()`. */
  atMs: number;
}

/** Reports whether a watch has seen enough. */
type Enough<T> = (events: WatchEvent<T>[]) => boolean;

/** Resolves with the events of a watch when it has seen enough. */
type Seen<T> = () => Promise<WatchEvent<T>[]>;

const DEADLINE_MS = 90_000;
const JOBS = `/apis/batch/v1/namespaces/${namespace}/jobs`;

/** Resolves when a watch of one Job is open, so that it misses no later event. If the Job exists, the first event has its current state. */
export function openJobWatch(name: string, enough: Enough<V1Job>): Promise<Seen<V1Job>> {
  return open(JOBS, { fieldSelector: `metadata.name=${name}` }, enough);
}

/** Does the same for the pods of one Job. */
export function openPodWatch(jobName: string, enough: Enough<V1Pod>): Promise<Seen<V1Pod>> {
  const query = { labelSelector: `batch.kubernetes.io/job-name=${jobName}` };
  return open(`/api/v1/namespaces/${namespace}/pods`, query, enough);
}

export async function watchJob(name: string, enough: Enough<V1Job>): Promise<WatchEvent<V1Job>[]> {
  return (await openJobWatch(name, enough))();
}

export async function watchPods(jobName: string, enough: Enough<V1Pod>): Promise<WatchEvent<V1Pod>[]> {
  return (await openPodWatch(jobName, enough))();
}

async function open<T>(path: string, query: object, enough: Enough<T>): Promise<Seen<T>> {
  const events: WatchEvent<T>[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<WatchEvent<T>[]>();
  const watch = await new Watch(config).watch(
    path,
    { ...query },
    (type, object: T) => {
      events.push({ type, object, atMs: performance.now() });
      if (enough(events)) resolve(events);
    },
    (error) => reject(error instanceof Error ? error : new Error(`The watch ended: ${String(error)}`)),
  );
  const expired = (): void =>
    reject(new Error(`Nothing satisfied the watch within ${DEADLINE_MS} ms: ${shown(events)}`));
  const timer = setTimeout(expired, DEADLINE_MS);
  const ended = promise.finally(() => {
    clearTimeout(timer);
    watch.abort();
  });
  return () => ended;
}

/** Returns the events of a watch of Jobs, after the server has ended it. */
export async function eventsUntilClosed(query: object): Promise<{ type: string; object: V1Job }[]> {
  const events: { type: string; object: V1Job }[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  await new Watch(config).watch(
    JOBS,
    { ...query },
    (type, object: V1Job) => events.push({ type, object }),
    (error: unknown) =>
      !error || error === Watch.SERVER_SIDE_CLOSE
        ? resolve()
        : reject(new Error('The watch failed', { cause: error })),
  );
  await promise;
  return events;
}

export function lastOf<T>(events: WatchEvent<T>[]): T {
  const last = events.at(-1);
  if (!last) throw new Error('The watch gave no event. Expected at least one.');
  return last.object;
}

function shown(events: WatchEvent<unknown>[]): string {
  const last = events.at(-1);
  const { metadata, status } = (last?.object ?? {}) as { metadata?: V1ObjectMeta; status?: object };
  return `${events.length} events, the last ${last?.type ?? 'none'} ${metadata?.name ?? ''} ${JSON.stringify(status)}`;
}
