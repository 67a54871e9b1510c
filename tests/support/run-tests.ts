import { spawnSync } from 'node:child_process';

interface TestRun {
  /** The time limit of each test. */
  timeoutMs: number;
  env?: NodeJS.ProcessEnv;
  /** Whether a file fails if it leaves a timer, socket, or process. */
  failsOnLeak?: boolean;
}

/** Runs test files one at a time, because they share the machine and what they start. Returns the exit code. */
export function runTests(
  files: readonly string[],
  { timeoutMs, env = process.env, failsOnLeak = false }: TestRun,
): number {
  const preload = failsOnLeak ? ['--import', './scripts/fail-on-leak.ts'] : [];
  const args = [...preload, '--test', '--test-concurrency=1', `--test-timeout=${timeoutMs}`, ...files];
  return spawnSync(process.execPath, args, { stdio: 'inherit', env }).status ?? 1;
}
