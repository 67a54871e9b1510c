import { ApiException, type V1EnvFromSource, type V1EnvVar } from '@kubernetes/client-node';
import { envJob, runJob, type EnvJobs, type Ended } from './env-job.ts';

/** Returns the largest value that holds, to within `step`, by bisection. `good` must hold, and `bad` must not. */
export async function largest(
  good: number,
  bad: number,
  step: number,
  holds: (value: number) => Promise<boolean>,
): Promise<number> {
  let [low, high] = [good, bad];
  while (high - low > step) {
    const middle = Math.floor((low + high) / 2 / step) * step;
    if (await holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** Returns variables with this total size as `NAME=value`, each of at most 100 kB, which is below the limit of a single variable. */
export function listOf(bytes: number): V1EnvVar[] {
  const env: V1EnvVar[] = [];
  for (let left = bytes; left > 0; left -= 100_000) {
    const name = `FILLED_${String(env.length).padStart(3, '0')}`;
    env.push({ name, value: 'v'.repeat(Math.max(0, Math.min(left, 100_000) - name.length - 1)) });
  }
  return env;
}

let made = 0;

/** Reports whether Node.js starts with this environment. */
export const starts = (jobs: EnvJobs, env: V1EnvVar[]): Promise<Ended> =>
  runJob(jobs, envJob(jobs, `starts-${made++}`, env));

/** Reports whether the API server accepts a Job with this environment and, if not, the reason. */
export async function isStored(jobs: EnvJobs, env: V1EnvVar[]): Promise<Ended> {
  const { batch, namespace } = jobs;
  const job = envJob(jobs, `stored-${made++}`, env);
  job.spec!.suspend = true;
  try {
    await batch.createNamespacedJob({ namespace, body: job });
    await batch.deleteNamespacedJob({ namespace, name: job.metadata?.name ?? '' });
    return { succeeded: true, said: '' };
  } catch (error) {
    if (!(error instanceof ApiException)) throw error;
    return { succeeded: false, said: `${error.code} ${reasonOf(error.body)}` };
  }
}

const reasonOf = (body: unknown): string => (JSON.parse(String(body)) as { reason?: string }).reason ?? '';

/** Returns the largest environment, in bytes and to within 1 kB, with which a container starts if ConfigMaps hold the variables. */
export async function startsWithMaps(jobs: EnvJobs): Promise<number> {
  return largest(1_000_000, 4_000_000, 1_000, async (bytes) => {
    const envFrom = await storeMaps(jobs, listOf(bytes));
    const job = envJob(jobs, `mapped-${made++}`, []);
    job.spec!.template.spec!.containers[0]!.envFrom = envFrom;
    return (await runJob(jobs, job)).succeeded;
  });
}

/** Stores the variables in ConfigMaps of at most 900 kB each. */
async function storeMaps({ core, namespace }: EnvJobs, env: V1EnvVar[]): Promise<V1EnvFromSource[]> {
  const sources: V1EnvFromSource[] = [];
  for (let from = 0; from < env.length; from += 9) {
    const data = Object.fromEntries(env.slice(from, from + 9).map(({ name, value }) => [name, value ?? '']));
    const { metadata } = await core.createNamespacedConfigMap({
      namespace,
      body: { metadata: { generateName: 'variables-' }, data },
    });
    sources.push({ configMapRef: { name: metadata?.name ?? '' } });
  }
  return sources;
}
