import type { Job } from '../objects.ts';
import type { Store } from '../store/store.ts';
import type { JobMemory, JobSync } from './job-sync.ts';

// setTimeout takes 31 bits of milliseconds; a longer wait is looked at again then.
const MAX_WAIT_MS = 2 ** 31 - 1;

/** Looks at a Job whenever it, or one of its pods, changed, and when the last look said so. */
export class JobController {
  readonly #store: Store;
  readonly #sync: JobSync;
  readonly #memory = new Map<string, JobMemory>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #due = new Map<string, NodeJS.Immediate>();
  readonly #unsubscribe: () => void;

  constructor(store: Store, sync: JobSync) {
    this.#store = store;
    this.#sync = sync;
    this.#unsubscribe = store.subscribe(({ resource, type, object }) => {
      if (resource === 'jobs' && type === 'DELETED') this.#forget(object.metadata.uid);
      else if (resource === 'jobs') this.#enqueue(object);
      if (resource !== 'pods') return;
      const owner = object.metadata.ownerReferences?.find((one) => one.controller && one.kind === 'Job');
      const job = owner && store.get('jobs', object.metadata.namespace, owner.name);
      if (job && job.metadata.uid === owner.uid) this.#enqueue(job);
    });
  }

  close(): void {
    this.#unsubscribe();
    for (const uid of this.#memory.keys()) this.#forget(uid);
  }

  /** Many changes in one turn of the event loop are one reason to look. */
  #enqueue(job: Job): void {
    const { uid } = job.metadata;
    if (!this.#memory.has(uid)) this.#memory.set(uid, { failures: 0, lastFailureMs: 0 });
    if (!this.#due.has(uid))
      this.#due.set(
        uid,
        setImmediate(() => this.#look(job)),
      );
  }

  #look({ metadata: { uid, namespace, name } }: Job): void {
    this.#due.delete(uid);
    const job = this.#store.get('jobs', namespace, name);
    const memory = this.#memory.get(uid);
    if (job?.metadata.uid !== uid || !memory) return;
    const waitMs = this.#sync.sync(job, memory);
    clearTimeout(this.#timers.get(uid));
    if (waitMs === undefined) return;
    const timer = setTimeout(() => this.#enqueue(job), Math.min(Math.max(waitMs, 0) + 1, MAX_WAIT_MS));
    this.#timers.set(uid, timer);
  }

  #forget(uid: string): void {
    clearTimeout(this.#timers.get(uid));
    clearImmediate(this.#due.get(uid));
    for (const map of [this.#timers, this.#due, this.#memory]) map.delete(uid);
  }
}
