import type { Store } from '../store/store.ts';
import { deleteJob } from './job-deletion.ts';
import { finishCondition } from './job-verdict.ts';
import { isOver } from './pod-deletion.ts';

const MAX_JOBS = 1000;
const MAX_PODS = 3000;

/**
 * Bounds memory. Above a limit, a new Job removes the oldest finished Job with its pods and logs, and a new pod the oldest finished pod.
 */
export function limitObjects(store: Store): () => void {
  return store.subscribe(({ resource, type }) => {
    if (type !== 'ADDED') return;
    if (resource === 'jobs' && store.count('jobs') > MAX_JOBS) {
      const job = store.find('jobs', (one) => finishCondition(one) !== undefined);
      if (job) deleteJob(store, job, 'Background');
    }
    if (resource === 'pods' && store.count('pods') > MAX_PODS) {
      const pod = store.find('pods', isOver);
      if (pod) store.remove('pods', pod);
    }
  });
}
