import type { TestResult } from './output.ts';

/** The tests of one run of `npm test`, and its time. */
export interface TestRun {
  tests: readonly TestResult[];
  ms: number;
}

/** One run of each build. */
export interface Round {
  today: TestRun;
  earlier: TestRun;
}

/** The comparison of the runs of one round. */
export interface Comparison {
  todayMs: number;
  /** Time of the whole run: today / earlier. */
  ratio: number;
  namesToday: number;
  namesEarlier: number;
  /** Names of tests that are in both runs. */
  sharedNames: number;
  /** Time of the tests that have the same name, added up: today / earlier. */
  sharedRatio: number;
}

/**
 * Compares two runs by the names of their tests, without the groups that contain the tests. Each name in the earlier build has only one
 * meaning, so it needs no group. But many groups, such as one for each medium, have a new name today, though their tests are the same.
 * If a build runs several tests of one name, the times of all of them are added up.
 */
export function compare({ today, earlier }: Round): Comparison {
  const [now, before] = [namesOf(today), namesOf(earlier)];
  const shared = new Set([...before].filter((name) => now.has(name)));
  return {
    todayMs: today.ms,
    ratio: today.ms / earlier.ms,
    namesToday: now.size,
    namesEarlier: before.size,
    sharedNames: shared.size,
    sharedRatio: timeOf(today, shared) / timeOf(earlier, shared),
  };
}

const namesOf = ({ tests }: TestRun): Set<string> => new Set(tests.map(({ name }) => name));

/** Adds up the times of the tests with these names, in milliseconds. The time of a group is left out, because it is that of its tests. */
function timeOf({ tests }: TestRun, names: ReadonlySet<string>): number {
  return tests
    .filter(({ name, isGroup }) => !isGroup && names.has(name))
    .reduce((sum, { ms }) => sum + ms, 0);
}
