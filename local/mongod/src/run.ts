import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Runs a program until it ends or `signal` is aborted, and returns its stdout. Throws with the last line of its stderr. */
export async function run(
  file: string,
  args: string[],
  timeoutMs: number,
  { env = process.env, signal }: { env?: NodeJS.ProcessEnv; signal?: AbortSignal } = {},
): Promise<string> {
  const options = { timeout: timeoutMs, killSignal: 'SIGKILL', env, ...(signal && { signal }) } as const;
  const running = execute(file, args, options);
  try {
    return (await running).stdout;
  } catch (error) {
    const { child } = running;
    // After `signal` is aborted, the program still runs for a moment.
    if (child.pid && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    throw new Error(`\`${file} ${args[0] ?? ''}\` failed: ${reason(error, timeoutMs)}`, { cause: error });
  }
}

function reason(error: unknown, timeoutMs: number): string {
  const { killed, code, stderr } = error as { killed?: boolean; code?: string | number; stderr?: string };
  if (killed) return `no end within ${timeoutMs} ms`;
  return stderr?.trim().split('\n').at(-1) || `${code}`;
}
