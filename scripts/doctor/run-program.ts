import { execFile } from 'node:child_process';

const TIMEOUT_MS = 15_000;

interface Ran {
  /** False when there is no such program. */
  found: boolean;
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program with these arguments; never rejects. */
export function runProgram(program: string, ...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    // Not spawn: its time-out goes on holding the process when there is no such program.
    execFile(program, args, { timeout: TIMEOUT_MS }, (error, stdout, stderr) => {
      const code = error?.code ?? (error ? null : 0);
      resolve({ found: code !== 'ENOENT', exitCode: typeof code === 'number' ? code : null, stdout, stderr });
    });
  });
}
