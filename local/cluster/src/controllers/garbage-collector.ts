import { withMetadata } from '../names.ts';
import type { Job, Pod } from '../objects.ts';
import type { Store } from '../store/store.ts';
import { jobOf, podsOf, releasePod, requestPodDeletion } from './pod-deletion.ts';

/** Deletes or orphans the pods of deleted Jobs, according to the propagation policy, until the returned function is called. */
export function collectGarbage(store: Store): () => void {
  return store.subscribe(({ resource, type, object }) => {
    if (resource === 'jobs' && type === 'DELETED') endPods(store, object);
    else if (resource === 'jobs' && object.metadata.deletionTimestamp) continueDeletion(store, object);
    else if (resource === 'pods' && type === 'DELETED') afterPod(store, object);
  });
}

function continueDeletion(store: Store, job: Job): void {
  const finalizers = job.metadata.finalizers ?? [];
  if (finalizers.includes('orphan')) {
    for (const pod of podsOf(store, job)) freePod(store, pod, job);
    store.remove('jobs', job);
  } else if (finalizers.includes('foregroundDeletion')) {
    endPods(store, job);
    if (podsOf(store, job).length === 0) store.remove('jobs', job);
  }
}

function endPods(store: Store, job: Job): void {
  for (const pod of podsOf(store, job)) {
    releasePod(store, pod);
    requestPodDeletion(store, pod);
  }
}

function freePod(store: Store, pod: Pod, job: Job): void {
  releasePod(store, pod);
  store.update('pods', pod, (current) => {
    const others = current.metadata.ownerReferences?.filter(({ uid }) => uid !== job.metadata.uid);
    return withMetadata(current, { ownerReferences: others?.length ? others : undefined });
  });
}

function afterPod(store: Store, pod: Pod): void {
  const job = jobOf(store, pod);
  // The Job controller must write its last counts first, so that a watch sees `terminating: 0` before the Job is deleted.
  if (job?.metadata.deletionTimestamp) setImmediate(() => continueDeletion(store, job));
}
