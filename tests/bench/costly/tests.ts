import { endOf } from '../../support/run.ts';
import { prepareBuilds, type Builds } from './earlier/builds.ts';
import type { Figure } from './figure.ts';
import { compare, type Comparison, type Round, type TestRun } from './tests/compare.ts';
import { figuresOf } from './tests/figures.ts';
import { failuresIn, testsIn } from './tests/output.ts';

const ROUNDS = 2;

/** Runs `npm test` of today and of an earlier build in turn, and compares their times. */
export async function run({ rounds = ROUNDS }: { rounds?: number | undefined }): Promise<Figure[] | string> {
  const builds = await prepareBuilds();
  if (typeof builds === 'string') return builds;
  const comparisons: Comparison[] = [];
  for (let round = 0; round < rounds; round++) comparisons.push(compare(await roundOf(builds, round)));
  return figuresOf(comparisons);
}

/** Swaps the order in every second round, so that a change of the machine's load affects both builds alike. */
async function roundOf({ today, earlier }: Builds, round: number): Promise<Round> {
  if (round % 2 === 0) return { today: await testsOf(today), earlier: await testsOf(earlier) };
  const before = await testsOf(earlier);
  return { today: await testsOf(today), earlier: before };
}

async function testsOf(build: string): Promise<TestRun> {
  console.log(`  npm test in ${build} …`);
  const start = performance.now();
  // Without the other variables of the shell, because the earlier build has no rules for them.
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
  const { status, stdout, stderr } = await endOf(['npm', 'test'], { cwd: build, env });
  const ms = performance.now() - start;
  if (status !== 0) {
    throw new Error(
      `npm test in ${build} ended with exit code ${status}, expected 0. What failed:\n\n${failuresIn(stdout)}\n\n${stderr}\n\n` +
        `Make all tests pass with \`cd ${build} && npm test\`. Then run the benchmark again.`,
    );
  }
  return { tests: testsIn(stdout), ms };
}
