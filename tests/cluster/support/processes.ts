import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { ROOT } from '@beyond-headers/local-process/root';

const START_TIMEOUT_MS = 20_000;

export interface ServiceProcess {
  pid: number | undefined;
  url: string;
  /** All output of the process, for the message of a failed test. */
  log(): string;
  /** Resolves when the process has exited. */
  kill(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts a service in its own process, with telemetry. Resolves when it listens. */
export async function startService(name: string, env: NodeJS.ProcessEnv): Promise<ServiceProcess> {
  const args = ['--import', '@beyond-headers/telemetry/register', `services/${name}/main.ts`];
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], OTEL_SERVICE_NAME: name, OTEL_BSP_SCHEDULE_DELAY: '50', ...env },
  });
  const exited = once(child, 'exit');
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  const url = await listening(child, () => output, name).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  return {
    pid: child.pid,
    url,
    log: () => output,
    kill: async (signal = 'SIGTERM') => {
      child.kill(signal);
      await exited;
    },
  };
}

async function listening(child: ChildProcess, output: () => string, name: string): Promise<string> {
  const signal = AbortSignal.timeout(START_TIMEOUT_MS);
  for (;;) {
    const url = /listening on (http:\/\/[\d.]+:\d+)/.exec(output())?.[1];
    if (url) return url;
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}:\n${output()}`);
    await Promise.race([once(child.stdout!, 'data', { signal }), once(child, 'exit', { signal })]);
  }
}
