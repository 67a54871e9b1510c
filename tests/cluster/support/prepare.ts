import { hasDocker, importImages } from './image.ts';
import { findTarget, NEEDS } from './target.ts';

const IMAGE = 'report-job:cluster-test';

/**
 * Finds the cluster, and imports an image of the report-job unless `REPORT_JOB_IMAGE` names one. Sets this variable and `KUBECONFIG`. Returns
 * what is missing, if anything.
 */
export async function prepareCluster(): Promise<string | undefined> {
  const { env } = process;
  const target = await findTarget(env);
  if (!target) return NEEDS;
  env['KUBECONFIG'] = target.kubeconfig;
  if (env['REPORT_JOB_IMAGE'] || !target.importImage) return undefined;
  if (!(await hasDocker()))
    return 'test:cluster needs a Docker engine to build the report-job image, or REPORT_JOB_IMAGE, an image that the cluster has.';
  console.log('Putting the report-job image into the cluster …');
  await importImages(target.importImage, { 'report-job': IMAGE });
  env['REPORT_JOB_IMAGE'] = IMAGE;
  return undefined;
}
