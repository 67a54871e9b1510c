import { spawnSync } from 'node:child_process';

/** Runs a program, and returns its stdout. Throws an error with its output if it can't start, or exits with a code other than 0. */
export function runToEnd(
  [program = '', ...args]: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { ...options, encoding: 'utf8' });
  if (error) throw new Error(`Failed to start ${program}: ${error.message}.`, { cause: error });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}: ${stdout}${stderr}`);
  return stdout;
}
