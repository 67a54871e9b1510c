import { timestamp, withMetadata } from '../names.ts';
import type { Job, Pod } from '../objects.ts';
import type { Store } from '../store/store.ts';

/** The finalizer that keeps a pod until the status of its Job counts it. */
export const TRACKING_FINALIZER = 'batch.kubernetes.io/job-tracking';

/** Starts the graceful deletion of a pod. A second request can only shorten the grace period, which defaults to the pod's own. */
export function requestPodDeletion(store: Store, pod: Pod, seconds?: number): Pod | undefined {
  const grace = isOver(pod) || !pod.spec.nodeName ? 0 : graceSeconds(pod, seconds);
  return store.update('pods', pod, (current) => {
    const { metadata } = current;
    if (metadata.deletionTimestamp && (metadata.deletionGracePeriodSeconds ?? 0) <= grace) return current;
    return withMetadata(current, {
      generation: (metadata.generation ?? 1) + (metadata.deletionTimestamp ? 0 : 1),
      deletionTimestamp: timestamp(Date.now() + grace * 1000),
      deletionGracePeriodSeconds: grace,
    });
  });
}

/** Returns the grace period. A negative one counts as one second, as in Kubernetes. */
function graceSeconds(pod: Pod, seconds: number | undefined): number {
  const grace = seconds ?? pod.spec.terminationGracePeriodSeconds ?? 30;
  return grace < 0 ? 1 : grace;
}

/** Removes the Job controller's finalizer from a pod. */
export function releasePod(store: Store, pod: Pod): void {
  store.update('pods', pod, (current) => {
    const others = current.metadata.finalizers?.filter((one) => one !== TRACKING_FINALIZER);
    return withMetadata(current, { finalizers: others?.length ? others : undefined });
  });
}

export function isTracked(pod: Pod): boolean {
  return pod.metadata.finalizers?.includes(TRACKING_FINALIZER) ?? false;
}

export function isOver(pod: Pod): boolean {
  return pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
}

/** Returns the Job that controls a pod, if the Job still exists. */
export function jobOf(store: Store, { metadata: { namespace, ownerReferences } }: Pod): Job | undefined {
  const owner = ownerReferences?.find(({ controller, kind }) => controller && kind === 'Job');
  const job = owner && store.get('jobs', namespace, owner.name);
  return job?.metadata.uid === owner?.uid ? job : undefined;
}

/** Returns the pods that a Job controls, oldest first. */
export function podsOf(store: Store, { metadata: { uid } }: Job): Pod[] {
  return store.filter('pods', ({ metadata }) => {
    return metadata.ownerReferences?.some((owner) => owner.uid === uid && owner.controller) ?? false;
  });
}
