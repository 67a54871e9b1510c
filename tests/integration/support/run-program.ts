import { spawn } from 'node:child_process';
import { once } from 'node:events';

interface RunOptions {
  /** Sent once the job has written something. */
  signal?: NodeJS.Signals;
  /** Something is written to the job's input then. */
  stdin?: Promise<unknown>;
}

/** `TEST_PRELOAD` runs the tests of the preload with another build of it. */
const { TEST_PRELOAD: PRELOAD = '@beyond-headers/telemetry/register' } = process.env;

/** Runs a program with telemetry's preload; resolves when it has ended. */
export async function runProgram(source: string, env: NodeJS.ProcessEnv, { signal, stdin }: RunOptions = {}) {
  const args = ['--import', PRELOAD, '--input-type=module', '--eval', source];
  const child = spawn(process.execPath, args, { env, cwd: import.meta.dirname });
  const output = { stdout: '', stderr: '' };
  void stdin?.then(() => child.stdin.write('go'));
  child.stdout.on('data', (chunk) => {
    output.stdout += String(chunk);
    if (signal) child.kill(signal);
  });
  child.stderr.on('data', (chunk) => (output.stderr += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...output };
}
