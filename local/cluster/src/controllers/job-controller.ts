import type { Node } from '../kubelet/node.ts';
import type { Job } from '../objects.ts';
import { JobSync, type JobMemory } from './job-sync.ts';
import { jobOf } from './pod-deletion.ts';

// The longest delay that setTimeout accepts. If a wait is longer, the sync after this delay starts the rest of it.
const MAX_WAIT_MS = 2 ** 31 - 1;

/** The controller's state for one Job: its memory, the timer for the next sync, and a sync that is due in this turn of the event loop. */
interface Watched {
  memory: JobMemory;
  timer?: NodeJS.Timeout;
  due?: NodeJS.Immediate | undefined;
}

/** Syncs a Job when it or one of its pods changes, and when its wait ends, until the returned function is called. */
export function controlJobs(node: Node): () => void {
  const { store } = node;
  const sync = new JobSync(node);
  const jobs = new Map<string, Watched>();
  const unsubscribe = store.subscribe(({ resource, type, object }) => {
    if (resource === 'jobs' && type === 'DELETED') forget(object.metadata.uid);
    else if (resource === 'jobs') enqueue(object);
    if (resource !== 'pods') return;
    const job = jobOf(store, object);
    if (job) enqueue(job);
  });
  return () => {
    unsubscribe();
    for (const uid of jobs.keys()) forget(uid);
  };

  /** Queues a Job. Several changes in one turn of the event loop cause only one sync. */
  function enqueue(job: Job): void {
    const { uid } = job.metadata;
    const watched = jobs.get(uid) ?? { memory: { failures: 0, lastFailureMs: 0 } };
    jobs.set(uid, watched);
    watched.due ??= setImmediate(() => look(job, watched));
  }

  function look({ metadata: { uid, namespace, name } }: Job, watched: Watched): void {
    watched.due = undefined;
    const job = store.get('jobs', namespace, name);
    if (job?.metadata.uid !== uid) return;
    const waitMs = sync.sync(job, watched.memory);
    clearTimeout(watched.timer);
    // The sync may have deleted the Job.
    if (waitMs === undefined || !jobs.has(uid)) return;
    watched.timer = setTimeout(() => enqueue(job), Math.min(Math.max(waitMs, 0) + 1, MAX_WAIT_MS));
  }

  function forget(uid: string): void {
    clearTimeout(jobs.get(uid)?.timer);
    clearImmediate(jobs.get(uid)?.due);
    jobs.delete(uid);
  }
}
