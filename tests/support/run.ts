import { execFile, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { ROOT } from '@beyond-headers/local-process/root';

const execute = promisify(execFile);
const MAX_OUTPUT_BYTES = 64 * 2 ** 20;

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** The program's stdin. */
  input?: string;
}

/** Runs a program, and returns its stdout and stderr. Rejects with the stderr if the program fails. */
export async function outputOf(program: string, args: string[], options: RunOptions = {}) {
  const { cwd = ROOT, env, input = '' } = options;
  const running = execute(program, args, {
    cwd,
    env: { ...process.env, ...env },
    maxBuffer: MAX_OUTPUT_BYTES,
  });
  // A program that ends without reading its stdin breaks the pipe. Only its exit code matters.
  running.child.stdin?.on('error', () => {}).end(input);
  return running;
}

/** Runs a program, and returns its stdout. Rejects with the stderr if the program fails. */
export async function run(program: string, args: string[], options: RunOptions = {}): Promise<string> {
  return (await outputOf(program, args, options)).stdout;
}

/** How a program ended. */
export interface End {
  /** The exit code. Null if a signal ended the program. */
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program without stdin, and returns how it ended, also if it failed. Unlike in `outputOf`, `env` is its whole environment. */
export async function endOf(
  [program = '', ...args]: readonly string[],
  options: Omit<SpawnOptions, 'stdio'> = {},
): Promise<End> {
  const child = spawn(program, args, { cwd: ROOT, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { status: child.exitCode, stdout, stderr };
}

/** Reports whether a program can be started, and succeeds. */
export const succeeds = (program: string, args: string[]): Promise<boolean> =>
  run(program, args).then(
    () => true,
    () => false,
  );

/** Reads a file of the project. */
export const readText = (path: string): Promise<string> => readFile(join(ROOT, path), 'utf8');

/** Returns the first line of a failed program's stderr, or of the error message. */
export function firstLine(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr?.trim() || message).split('\n')[0] ?? '';
}
