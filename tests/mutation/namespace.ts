/** How often each mutant was passed, by its id. */
export type Passed = Record<string, number>;

/** Where instrumented code reads which mutant is on, and writes which ones it has passed: outside of a test, and in each. */
export interface Namespace {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  mutantCoverage?: { static: Passed; perTest: Record<string, Passed> };
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  /** Ours: true once all of a test file has run. */
  isLoaded?: boolean;
}

/** Stryker's own, of this process. */
export const namespace: Namespace = ((globalThis as { __stryker__?: Namespace }).__stryker__ ??= {});
