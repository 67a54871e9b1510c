import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { childEnvironment } from '../../support/child-environment.ts';

interface RunOptions {
  /** The signal to send after the program's first output. */
  signal?: NodeJS.Signals;
  /** When it resolves, text is written to the program's stdin. */
  stdin?: Promise<unknown>;
}

/** On a slow machine, a program needs more than the default budget to deliver its last spans. */
export const programEnvironment = { ...childEnvironment, TELEMETRY_FLUSH_BUDGET_MS: '20000' };

/** `TEST_PRELOAD` names another build of the preload to test. */
const { TEST_PRELOAD: PRELOAD = '@beyond-headers/telemetry/register' } = process.env;

/** Runs a program with the telemetry preload, and returns its exit code and output. */
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
