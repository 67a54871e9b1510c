import { ROOT_CONTEXT } from '@opentelemetry/api';
import { readConfig } from '@beyond-headers/service-kit';
import { jobLauncherConfig, jobSettings } from '../../../services/job-launcher/config.ts';
import { reportJobManifest } from '../../../services/job-launcher/job-manifest.ts';
import type { Container, KubernetesObject } from '../hardening/kubernetes-object.ts';
import type { Environment } from './environment.ts';
import { podsOf, type Pod } from './pods.ts';

/** The option with which Node.js loads the credentials before the program starts. */
const ENV_FILE = '--env-file=/credentials/mongodb.env';

export function environmentsOf(objects: KubernetesObject[]): Environment[] {
  return podsOf(objects).flatMap(({ spec }) =>
    spec.containers.map(({ name, env = [], args = [] }) => ({
      container: name,
      env,
      besides: args.includes(ENV_FILE) ? ['MONGODB_URI'] : [],
    })),
  );
}

/** Returns the Job that the launcher in these manifests would create. */
export function jobOf(objects: KubernetesObject[]): KubernetesObject & { pod: Pod } {
  const launcher = podsOf(objects).find(({ name }) => name === 'job-launcher')?.spec.containers[0];
  if (!launcher) throw new Error('There is no job-launcher in these manifests.');
  const config = readConfig(jobLauncherConfig, literals(launcher));
  const launch = { context: ROOT_CONTEXT, at: new Date(0) };
  const manifest = reportJobManifest('0'.repeat(24), jobSettings(config), launch);
  // In the JSON form that the API server would receive.
  const job = JSON.parse(JSON.stringify(manifest)) as KubernetesObject;
  const [pod] = podsOf([job]);
  if (!pod) throw new Error('The Job has no pod.');
  return { ...job, pod };
}

const literals = ({ env = [] }: Container): Record<string, string> =>
  Object.fromEntries(env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));
