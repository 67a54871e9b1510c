import { ROOT_CONTEXT } from '@opentelemetry/api';
import { readConfig } from '@beyond-headers/service-kit';
import { jobLauncherConfig, jobSettings } from '../../../services/job-launcher/config.ts';
import { reportJobManifest } from '../../../services/job-launcher/job-manifest.ts';
import type { Container, KubernetesObject } from '../hardening/kubernetes-object.ts';
import type { Environment } from './environment.ts';
import { podsOf, type Pod } from './pods.ts';

/** What `node --env-file` reads before the program starts. */
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

/** The Job that the launcher of these manifests would make. */
export function jobOf(objects: KubernetesObject[]): KubernetesObject & { pod: Pod } {
  const launcher = podsOf(objects).find(({ name }) => name === 'job-launcher')?.spec.containers[0];
  if (!launcher) throw new Error('There is no job-launcher in these manifests.');
  const config = readConfig(jobLauncherConfig, literals(launcher));
  const launch = { context: ROOT_CONTEXT, at: new Date(0) };
  const manifest = reportJobManifest('0'.repeat(24), jobSettings(config), launch);
  // As text and back: what the API server would get.
  const job = JSON.parse(JSON.stringify(manifest)) as KubernetesObject;
  const [pod] = podsOf([job]);
  if (!pod) throw new Error('The Job has no pod.');
  return { ...job, pod };
}

const literals = ({ env = [] }: Container): Record<string, string> =>
  Object.fromEntries(env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));
