import { timestamp, withMetadata } from '../names.ts';
import type { Job } from '../objects.ts';
import type { Store } from '../store/store.ts';

export type Propagation = 'Background' | 'Foreground' | 'Orphan';

const FINALIZERS = { Foreground: 'foregroundDeletion', Orphan: 'orphan' } as const;

/**
 * Deletes a Job: at once, and its pods afterwards (`Background`), after its pods (`Foreground`), or without them (`Orphan`). Returns the
 * Job as it is marked for deletion, or undefined if it is already gone.
 */
export function deleteJob(store: Store, job: Job, propagation: Propagation): Job | undefined {
  if (propagation === 'Background') {
    store.remove('jobs', job);
    return undefined;
  }
  return store.update('jobs', job, (current) => {
    const { metadata } = current;
    if (metadata.deletionTimestamp) return current;
    return withMetadata(current, {
      generation: (metadata.generation ?? 1) + 1,
      deletionTimestamp: timestamp(),
      deletionGracePeriodSeconds: 0,
      finalizers: [...(metadata.finalizers ?? []), FINALIZERS[propagation]],
    });
  });
}
