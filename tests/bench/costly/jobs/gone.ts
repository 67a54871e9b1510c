import type { ClusterSystem } from '../../../cluster/support/system.ts';
import { until } from '../../../support/until.ts';
import type { Figure } from '../figure.ts';
import type { ManyJobs } from './many.ts';
import { countTrees } from './tree-of-launch.ts';
import { launchInWaves } from './waves.ts';

const TTL_S = 5;
const DEADLINE_MS = 10 * 60_000;

/** The observer dies, the Jobs end, Kubernetes takes them away after their time to live, and a new observer comes. */
export async function goneJobs(system: ClusterSystem, { jobs, image }: ManyJobs): Promise<Figure[]> {
  const env = { ...system.launcherEnv, JOB_TTL_SECONDS: String(TTL_S), ...(image && { JOB_IMAGE: image }) };
  const launcher = await system.start('job-launcher', env);
  // As soon as it has asked for the last Job: most pods have not even started.
  const traceIds = await launchInWaves(system, launcher, {
    jobs,
    wave: jobs,
    progress: () => launcher.kill(),
  });
  const { batch, name: namespace } = system.namespace;
  await until(
    async () => (await batch.listNamespacedJob({ namespace })).items.length,
    (left) => left === 0,
    { what: 'the time to live', deadlineMs: DEADLINE_MS },
  );
  const next = await system.start('job-launcher', env);
  // What its first lists show is reported before this one, which comes after them.
  const marker = await launchInWaves(system, next, { jobs: 1, wave: 1 });
  await until(
    () => countTrees(system.tracesUrl, marker),
    ({ withoutOutcome }) => withoutOutcome === 0,
    { what: 'the outcome of the last Job', deadlineMs: DEADLINE_MS },
  );
  const trees = await countTrees(system.tracesUrl, traceIds);
  await next.kill();
  const name = `${jobs} Jobs that were deleted ${TTL_S} s after their end, while the observer was down`;
  return [
    {
      what: `${name}: traces without an outcome`,
      result: trees.withoutOutcome,
    },
    {
      what: `${name}: traces with a span that appears twice, or in the wrong place`,
      result: trees.wrong,
      expected: 0,
    },
  ];
}
