import { spawnSync } from 'node:child_process';

/** Reports whether a program can be started here, and succeeds. */
export const succeeds = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** Whether Python can make a virtual environment. */
export const hasPython = (): boolean =>
  succeeds('python3', '-c', 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 10))');

/** Runs a step of a build, and shows its output. Throws if it fails. */
export function build(command: string, ...args: string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status === 0) return;
  throw new Error(
    `Failed to build: \`${[command, ...args].join(' ')}\` ended with ${status ?? error?.message}.`,
  );
}
