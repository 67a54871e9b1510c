import { prepareCluster } from '../../cluster/support/prepare.ts';
import { startClusterSystem, type ClusterSystem } from '../../cluster/support/system.ts';
import type { Figure } from './figure.ts';
import { manyJobs } from './jobs/many.ts';
import { goneJobs } from './jobs/gone.ts';

/**
 * Jobs through the launcher on a real cluster: a thousand whose pods do nothing, some that write a report, and some that are gone
 * before anyone looks. IDLE_JOB_IMAGE is an image that the cluster has, that ends at once, and whose user is a number other than 0. Without it, all write a report.
 */
export async function run(): Promise<Figure[] | string> {
  const missing = await prepareCluster();
  if (missing) return missing;
  const idleImage = process.env['IDLE_JOB_IMAGE'];
  return [
    ...(await inSystem((system) => manyJobs(system, { jobs: 50 }))),
    ...(await inSystem((system) => goneJobs(system, { jobs: 50, image: idleImage }))),
    // Last: the kubelet is busy for minutes with what is left of so many pods.
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
