import { execFile } from 'node:child_process';

const TIMEOUT_MS = 15_000;

interface Ran {
  /** False if the program doesn't exist. */
  found: boolean;
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program. Never rejects. */
export function runProgram(program: string, ...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    // Doesn't use `spawn`: if the program doesn't exist, the timer of its timeout keeps the process alive.
    execFile(program, args, { timeout: TIMEOUT_MS }, (error, stdout, stderr) => {
      const code = error?.code ?? (error ? null : 0);
      resolve({ found: code !== 'ENOENT', exitCode: typeof code === 'number' ? code : null, stdout, stderr });
    });
  });
}
