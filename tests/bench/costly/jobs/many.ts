import type { ClusterSystem } from '../../../cluster/support/system.ts';
import { until } from '../../../support/until.ts';
import { inMb, inSeconds, type Figure } from '../figure.ts';
import { callsBetween, readApiCalls, type ApiCalls } from './api-calls.ts';
import { countTrees } from './tree-of-launch.ts';
import { usageOf } from '../usage.ts';
import { launchInWaves } from './waves.ts';

/** A node holds 110 pods, those of the system among them. */
const WAVE = 90;
/** On a machine that is busy with other things a pod may starve: it is tried again rather than counted as a failure. */
const PATIENT = { JOB_BACKOFF_LIMIT: '20', JOB_DEADLINE_SECONDS: '3600' };
const OBSERVED_WITHIN_MS = 5 * 60_000;

export interface ManyJobs {
  jobs: number;
  /** Of the pods; the report-job when absent. */
  image?: string | undefined;
}

/** So many Jobs, with an observer that is there: what they cost, and what is known of each. */
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
            what: 'traces that show the launch, the wait, and the outcome exactly once',
            result: trees.withoutRun,
            expected: jobs,
          },
        ]
      : reportedFigures(trees.whole, trees.withoutRun, jobs)),
    ...callFigures(calls, jobs),
    { what: 'memory of the launcher with its observer, at the start', result: inMb(usages[0]!.bytes) },
    {
      what: `memory of the launcher with its observer, after these ${jobs} Jobs, which are still in the cluster`,
      result: inMb(usages.at(-1)!.bytes),
    },
    {
      what: 'processor time of the launcher for each Job',
      result: `${((usages.at(-1)!.cpuMs - usages[0]!.cpuMs) / jobs).toFixed(0)} ms`,
    },
  ];
}

const reportedFigures = (whole: number, withoutRun: number, jobs: number): Figure[] => [
  {
    what: "traces with exactly the expected spans; only the pod's own spans may be missing",
    result: whole + withoutRun,
    expected: jobs,
  },
  { what: `traces without the pod's own spans, of these ${jobs} traces`, result: withoutRun },
];

function callFigures(calls: ApiCalls, jobs: number): Figure[] {
  const perJob = (what: RegExp) => {
    const found = [...calls].filter(([name]) => what.test(name));
    return (found.reduce((sum, [, count]) => sum + count, 0) / jobs).toFixed(2);
  };
  return [
    { what: 'requests for each Job: `POST jobs`, by the launcher', result: perJob(/^POST jobs$/) },
    { what: 'requests for each Job: `GET jobs`, by the observer', result: perJob(/^GET jobs$/) },
    {
      what: 'requests for each Job: `WATCH` of Jobs and pods, by the observer',
      result: perJob(/^WATCH (jobs|pods)$/),
    },
    { what: 'pods for each Job, including retries', result: perJob(/^POST pods$/) },
    {
      what: 'requests for each Job and its pods, by Kubernetes itself',
      result: perJob(/^((PUT|PATCH|DELETE) |(POST|GET) pods)/),
    },
  ];
}
