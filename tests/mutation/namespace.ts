/** How often each mutant was covered, by mutant id. */
export type Passed = Record<string, number>;

/** The object from which mutated code reads the active mutant, and in which it counts covered mutants, per test and outside of tests. */
export interface Namespace {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  mutantCoverage?: { static: Passed; perTest: Record<string, Passed> };
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  /** Added by this runner: true once the whole test file has been evaluated. */
  isLoaded?: boolean;
}

/** Stryker's namespace object in this process. */
export const namespace: Namespace = ((globalThis as { __stryker__?: Namespace }).__stryker__ ??= {});
