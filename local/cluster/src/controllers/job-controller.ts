import type { Job } from '../objects.ts';
import type { Change, Store } from '../store/store.ts';
import type { JobMemory, JobSync } from './job-sync.ts';

// setTimeout takes 31 bits of milliseconds; a longer wait is looked at again then.
const MAX_WAIT_MS = 2 ** 31 - 1;

/** Looks at a Job whenever it, or one of its pods, changed, and when the last look said so. */
export class JobController {
  readonly #store: Store;
  readonly #sync: JobSync;
  readonly #memory = new Map<string, JobMemory>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #due = new Map<string, Job>();
  readonly #unsubscribe: () => void;
  #closed = false;

  constructor(store: Store, sync: JobSync) {
    this.#store = store;
    this.#sync = sync;
    this.#unsubscribe = store.subscribe((change) => this.#onChange(change));
  }

  close(): void {
    this.#closed = true;
    this.#unsubscribe();
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  #onChange({ resource, type, object }: Change): void {
    if (resource === 'jobs') {
      if (type === 'DELETED') this.#forget(object.metadata.uid);
      else this.#enqueue(object);
    } else if (resource === 'pods') {
      const owner = object.metadata.ownerReferences?.find((one) => one.controller && one.kind === 'Job');
      const job = owner && this.#store.get('jobs', object.metadata.namespace, owner.name);
      if (job && job.metadata.uid === owner.uid) this.#enqueue(job);
    }
  }

  #enqueue(job: Job): void {
    if (this.#closed) return;
    if (this.#due.size === 0) setImmediate(() => this.#syncAll());
    this.#due.set(job.metadata.uid, job);
  }

  #syncAll(): void {
    const due = [...this.#due.values()];
    this.#due.clear();
    for (const { metadata } of due) {
      const job = this.#store.get('jobs', metadata.namespace, metadata.name);
      if (!this.#closed && job?.metadata.uid === metadata.uid) this.#look(job);
    }
  }

  #look(job: Job): void {
    const { uid } = job.metadata;
    const memory = this.#memory.get(uid) ?? { failures: 0, lastFailureMs: 0 };
    this.#memory.set(uid, memory);
    const waitMs = this.#sync.sync(job, memory);
    clearTimeout(this.#timers.get(uid));
    this.#timers.delete(uid);
    if (waitMs === undefined) return;
    this.#timers.set(
      uid,
      setTimeout(() => this.#enqueue(job), Math.min(Math.max(waitMs, 0) + 1, MAX_WAIT_MS)),
    );
  }

  #forget(uid: string): void {
    clearTimeout(this.#timers.get(uid));
    this.#timers.delete(uid);
    this.#memory.delete(uid);
    this.#due.delete(uid);
  }
}
