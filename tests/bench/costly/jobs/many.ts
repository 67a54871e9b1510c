import type { ClusterSystem } from '../../../cluster/support/system.ts';
import { until } from '../../../support/until.ts';
import { inMb, inSeconds, type Figure } from '../figure.ts';
import { callsBetween, readApiCalls, type ApiCalls } from './api-calls.ts';
import { countTrees } from './tree-of-launch.ts';
import { usageOf } from '../usage.ts';
import { launchInWaves } from './waves.ts';

/** A node holds 110 pods, including those of the system. */
const WAVE = 90;
/** On a busy machine, a pod may starve. Retries then keep its Job from failing. */
const PATIENT = { JOB_BACKOFF_LIMIT: '20', JOB_DEADLINE_SECONDS: '3600' };
const OBSERVED_WITHIN_MS = 5 * 60_000;

export interface ManyJobs {
  jobs: number;
  /** Image of the pods. Default: the report-job. */
  image?: string | undefined;
}

/** Launches Jobs while an observer runs. Measures what they cost, and which spans their traces have. */
export async function manyJobs(system: ClusterSystem, { jobs, image }: ManyJobs): Promise<Figure[]> {
  const env = { ...system.launcherEnv, ...PATIENT, ...(image && { JOB_IMAGE: image }) };
  const launcher = await system.start('job-launcher', env);
  const usages = [await usageOf(launcher.pid)];
  const before = await readApiCalls();
  const startedAt = performance.now();
  const traceIds = await launchInWaves(system, launcher, {
    jobs,
    wave: WAVE,
    progress: async (count) => {
      console.log(`  ${count} of ${jobs} launched after ${inSeconds(performance.now() - startedAt)}`);
      usages.push(await usageOf(launcher.pid));
    },
  });
  const tookMs = performance.now() - startedAt;
  const trees = await until(
    () => countTrees(system.tracesUrl, traceIds),
    ({ withoutOutcome }) => withoutOutcome === 0,
    { what: 'the outcome of each Job', deadlineMs: OBSERVED_WITHIN_MS },
  );
  usages.push(await usageOf(launcher.pid));
  const calls = callsBetween(before, await readApiCalls());
  await launcher.kill();
  const name = `${jobs} Jobs ${image ? 'that do nothing' : 'that write a report'}`;
  return [
    {
      what: `${name}: time until the last Job succeeded, with at most ${WAVE} pods at a time`,
      result: inSeconds(tookMs),
    },
    ...(image
      ? [
          {
            what: `${name}: traces that show the launch, the wait, and the outcome exactly once`,
            result: trees.withoutRun,
            expected: jobs,
          },
        ]
      : reportedFigures(name, trees.whole, trees.withoutRun, jobs)),
    ...callFigures(name, calls, jobs),
    {
      what: `${name}: memory of the launcher with its observer, before the first launch`,
      result: inMb(usages[0]!.bytes),
    },
    {
      what: `${name}: memory of the launcher with its observer, after the last Job ended, with all Jobs still in the cluster`,
      result: inMb(usages.at(-1)!.bytes),
    },
    {
      what: `${name}: processor time of the launcher, per Job`,
      result: `${((usages.at(-1)!.cpuMs - usages[0]!.cpuMs) / jobs).toFixed(0)} ms`,
    },
  ];
}

const reportedFigures = (name: string, whole: number, withoutRun: number, jobs: number): Figure[] => [
  {
    what: `${name}: traces in which no span is missing or extra, not counting the pod's own spans`,
    result: whole + withoutRun,
    expected: jobs,
  },
  { what: `${name}: traces without the pod's own spans`, result: withoutRun },
];

function callFigures(name: string, calls: ApiCalls, jobs: number): Figure[] {
  const perJob = (what: RegExp) => {
    const found = [...calls].filter(([call]) => what.test(call));
    return (found.reduce((sum, [, count]) => sum + count, 0) / jobs).toFixed(2);
  };
  return [
    { what: `${name}: \`POST jobs\` requests by the launcher, per Job`, result: perJob(/^POST jobs$/) },
    { what: `${name}: \`GET jobs\` requests by the observer, per Job`, result: perJob(/^GET jobs$/) },
    {
      what: `${name}: \`WATCH\` requests by the observer for Jobs and pods, per Job`,
      result: perJob(/^WATCH (jobs|pods)$/),
    },
    { what: `${name}: pods per Job, including retries`, result: perJob(/^POST pods$/) },
    {
      what: `${name}: requests by Kubernetes itself about a Job and its pods, per Job`,
      result: perJob(/^((PUT|PATCH|DELETE) |(POST|GET) pods)/),
    },
  ];
}
