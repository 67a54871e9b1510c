import { timestamp } from '../names.ts';
import type { Job, Pod } from '../objects.ts';
import type { Store } from '../store/store.ts';

/** Keeps a pod from vanishing before its Job has counted it. */
export const TRACKING_FINALIZER = 'batch.kubernetes.io/job-tracking';

/** Starts the graceful end of a pod; a second request can only shorten the grace period. Seconds default to the pod's own. */
export function requestPodDeletion(store: Store, pod: Pod, seconds?: number): Pod | undefined {
  const grace = isOver(pod) || !pod.spec.nodeName ? 0 : graceSeconds(pod, seconds);
  return store.update('pods', pod, (current) => {
    const { metadata } = current;
    if (metadata.deletionTimestamp && (metadata.deletionGracePeriodSeconds ?? 0) <= grace) return current;
    return {
      ...current,
      metadata: {
        ...metadata,
        generation: (metadata.generation ?? 1) + (metadata.deletionTimestamp ? 0 : 1),
        deletionTimestamp: timestamp(Date.now() + grace * 1000),
        deletionGracePeriodSeconds: grace,
      },
    };
  });
}

/** A negative period counts as one second: so the API has it since before it refused them. */
function graceSeconds(pod: Pod, seconds: number | undefined): number {
  const grace = seconds ?? pod.spec.terminationGracePeriodSeconds ?? 30;
  return grace < 0 ? 1 : grace;
}

/** Lets go of a pod on behalf of the Job controller. */
export function releasePod(store: Store, pod: Pod): void {
  store.update('pods', pod, (current) => {
    const { finalizers = [], ...metadata } = current.metadata;
    if (!finalizers.includes(TRACKING_FINALIZER)) return current;
    const others = finalizers.filter((one) => one !== TRACKING_FINALIZER);
    return { ...current, metadata: { ...metadata, finalizers: others.length > 0 ? others : undefined } };
  });
}

export function isTracked(pod: Pod): boolean {
  return pod.metadata.finalizers?.includes(TRACKING_FINALIZER) ?? false;
}

export function isOver(pod: Pod): boolean {
  return pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
}

/** The pods that a Job controls, the oldest first. */
export function podsOf(store: Store, { metadata: { uid } }: Job): Pod[] {
  return store.filter('pods', ({ metadata }) => {
    return metadata.ownerReferences?.some((owner) => owner.uid === uid && owner.controller) ?? false;
  });
}
