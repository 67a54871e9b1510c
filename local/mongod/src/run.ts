import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Runs a program until it ends or `signal` is aborted, and returns its stdout. Throws with the last line of its stderr. */
export async function run(
  file: string,
  args: string[],
  timeoutMs: number,
  { env = process.env, signal }: { env?: NodeJS.ProcessEnv; signal?: AbortSignal } = {},
): Promise<string> {
  try {
    const { stdout } = await execute(file, args, {
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      env,
      ...(signal && { signal }),
    });
    return stdout;
  } catch (error) {
    throw new Error(`\`${file} ${args[0] ?? ''}\` failed: ${reason(error, timeoutMs)}`, { cause: error });
  }
}

function reason(error: unknown, timeoutMs: number): string {
  const { killed, code, stderr } = error as { killed?: boolean; code?: string | number; stderr?: string };
  if (killed) return `no end within ${timeoutMs} ms`;
  return stderr?.trim().split('\n').at(-1) || `${code}`;
}
