import type { ClusterSystem } from '../../../cluster/support/system.ts';
import { until } from '../../../support/until.ts';
import type { Figure } from '../figure.ts';
import type { ManyJobs } from './many.ts';
import { countTrees } from './tree-of-launch.ts';
import { launchInWaves } from './waves.ts';

const TTL_S = 5;
const DEADLINE_MS = 10 * 60_000;

/** Kills the observer, waits until Kubernetes has deleted the Jobs after their time to live, and starts a new observer. */
export async function goneJobs(system: ClusterSystem, { jobs, image }: ManyJobs): Promise<Figure[]> {
  const env = { ...system.launcherEnv, JOB_TTL_SECONDS: String(TTL_S), ...(image && { JOB_IMAGE: image }) };
  const launcher = await system.start('job-launcher', env);
  // Kills the launcher right after the last launch, when most pods have not started yet.
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
  // The observer reports the Jobs in its first lists before this later one, whose outcome shows that they have been reported.
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
      what: `${name}: traces with a span that appears twice, or has the wrong parent`,
      result: trees.wrong,
      expected: 0,
    },
  ];
}
