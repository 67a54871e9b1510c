import { hasDocker, provideImage } from './image.ts';
import { findTarget, NEEDS } from './target.ts';

/** Finds the cluster and the report-job image, as `npm run test:cluster` does. Returns what is missing, if anything. */
export async function prepareCluster(): Promise<string | undefined> {
  const target = await findTarget(process.env);
  if (!target) return NEEDS;
  const isGiven = Boolean(process.env['REPORT_JOB_IMAGE']);
  if (!isGiven && !(await hasDocker())) return 'needs a Docker engine, or REPORT_JOB_IMAGE';
  process.env['REPORT_JOB_IMAGE'] = await provideImage(target, process.env);
  process.env['KUBECONFIG'] = target.kubeconfig;
  return undefined;
}
