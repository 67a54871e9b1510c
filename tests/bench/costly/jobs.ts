import { prepareCluster } from '../../cluster/support/prepare.ts';
import { startClusterSystem, type ClusterSystem } from '../../cluster/support/system.ts';
import type { Figure } from './figure.ts';
import { manyJobs } from './jobs/many.ts';
import { goneJobs } from './jobs/gone.ts';

/**
 * Launches Jobs on a real cluster: some that write a report, some that are deleted while no observer runs, and a thousand that do nothing.
 * IDLE_JOB_IMAGE is an image that is in the cluster, ends at once, and runs as a numeric user other than 0. Without it, all Jobs write a
 * report.
 */
export async function run(): Promise<Figure[] | string> {
  const missing = await prepareCluster();
  if (missing) return missing;
  const idleImage = process.env['IDLE_JOB_IMAGE'];
  return [
    ...(await inSystem((system) => manyJobs(system, { jobs: 50 }))),
    ...(await inSystem((system) => goneJobs(system, { jobs: 50, image: idleImage }))),
    // Last, because the kubelet needs minutes to clean up so many pods.
    ...(await inSystem((system) => manyJobs(system, { jobs: 1_000, image: idleImage }))),
  ];
}

async function inSystem(measure: (system: ClusterSystem) => Promise<Figure[]>): Promise<Figure[]> {
  const system = await startClusterSystem();
  try {
    return await measure(system);
  } finally {
    await system.stop();
  }
}
