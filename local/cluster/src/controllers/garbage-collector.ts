import type { Job, Pod } from '../objects.ts';
import type { Change, Store } from '../store/store.ts';
import { podsOf, releasePod, requestPodDeletion } from './pod-deletion.ts';

/** Ends or frees the pods of deleted Jobs, by the propagation policy of the deletion. */
export class GarbageCollector {
  readonly #store: Store;
  readonly #unsubscribe: () => void;

  constructor(store: Store) {
    this.#store = store;
    this.#unsubscribe = store.subscribe((change) => this.#onChange(change));
  }

  close(): void {
    this.#unsubscribe();
  }

  #onChange({ resource, type, object }: Change): void {
    if (resource === 'jobs' && type === 'DELETED') this.#endPods(object);
    else if (resource === 'jobs' && object.metadata.deletionTimestamp) this.#continueDeletion(object);
    else if (resource === 'pods' && type === 'DELETED') this.#podGone(object);
  }

  #continueDeletion(job: Job): void {
    const finalizers = job.metadata.finalizers ?? [];
    if (finalizers.includes('orphan')) {
      this.#freePods(job);
      this.#store.remove('jobs', job);
    } else if (finalizers.includes('foregroundDeletion')) {
      this.#endPods(job);
      if (podsOf(this.#store, job).length === 0) this.#store.remove('jobs', job);
    }
  }

  #endPods(job: Job): void {
    for (const pod of podsOf(this.#store, job)) {
      releasePod(this.#store, pod);
      requestPodDeletion(this.#store, pod);
    }
  }

  #freePods(job: Job): void {
    for (const pod of podsOf(this.#store, job)) {
      releasePod(this.#store, pod);
      this.#store.update('pods', pod, (current) => {
        const { ownerReferences = [], ...metadata } = current.metadata;
        const others = ownerReferences.filter((owner) => owner.uid !== job.metadata.uid);
        return {
          ...current,
          metadata: { ...metadata, ...(others.length > 0 ? { ownerReferences: others } : {}) },
        };
      });
    }
  }

  #podGone(pod: Pod): void {
    const owner = pod.metadata.ownerReferences?.find((one) => one.controller);
    const job = owner && this.#store.get('jobs', pod.metadata.namespace, owner.name);
    // The Job controller writes the last counts first: a watch sees "none terminating" before the Job is gone.
    if (job && job.metadata.uid === owner.uid && job.metadata.deletionTimestamp)
      setImmediate(() => this.#continueDeletion(job));
  }
}
