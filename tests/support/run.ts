import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '@beyond-headers/local-process/root';

const execute = promisify(execFile);
const MAX_OUTPUT_BYTES = 64 * 2 ** 20;

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Given as standard input. */
  input?: string;
}

/** What a program writes to standard output and, as warnings, to standard error; rejects with the latter when it fails. */
export async function outputOf(program: string, args: string[], options: RunOptions = {}) {
  const { cwd = ROOT, env, input = '' } = options;
  const running = execute(program, args, {
    cwd,
    env: { ...process.env, ...env },
    maxBuffer: MAX_OUTPUT_BYTES,
  });
  // A program that ends without reading its input breaks the pipe; its exit code is what counts.
  running.child.stdin?.on('error', () => {}).end(input);
  return running;
}

/** Standard output of a program; rejects with what it said on standard error. */
export async function run(program: string, args: string[], options: RunOptions = {}): Promise<string> {
  return (await outputOf(program, args, options)).stdout;
}

/** Whether a program runs and succeeds. */
export const succeeds = (program: string, args: string[]): Promise<boolean> =>
  run(program, args).then(
    () => true,
    () => false,
  );

/** A file of the project. */
export const readText = (path: string): Promise<string> => readFile(join(ROOT, path), 'utf8');

/** The first line of what a failed program said. */
export function firstLine(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr?.trim() || message).split('\n')[0] ?? '';
}
