import { fork, type ChildProcess, type ForkOptions } from 'node:child_process';
import { once } from 'node:events';

/** A child process that sends a message when it is ready, and then responds to one message at a time. */
export interface Forked {
  /** The message that the process sent when it was ready. */
  ready: unknown;
  ask: <T>(message: unknown) => Promise<T>;
  stop: () => void;
}

/** @param otlpUrl URL of the collector. If unset, the process runs without an SDK */
export async function startForked(
  program: string,
  {
    args = [],
    otlpUrl,
    env,
    cwd,
  }: { args?: string[]; otlpUrl?: string | undefined; env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Promise<Forked> {
  const options: ForkOptions = {
    execArgv: otlpUrl ? ['--import', '@beyond-headers/telemetry/register'] : [],
    env: {
      PATH: process.env['PATH'],
      ...env,
      ...(otlpUrl && { OTEL_EXPORTER_OTLP_ENDPOINT: otlpUrl, OTEL_SERVICE_NAME: 'bench' }),
    },
    ...(cwd && { cwd }),
  };
  const child = fork(program, args, options);
  return {
    ready: await answer<unknown>(child),
    ask: (message) => {
      child.send(message as object);
      return answer(child);
    },
    stop: () => void child.kill(),
  };
}

async function answer<T>(child: ChildProcess): Promise<T> {
  const settled = new AbortController();
  const ended = once(child, 'exit', { signal: settled.signal }).then(([code]) => {
    throw new Error(`Failed to measure: ${child.spawnargs.join(' ')} ended with exit code ${String(code)}`);
  });
  ended.catch(() => {});
  const [message] = await Promise.race([once(child, 'message'), ended]);
  settled.abort();
  return message as T;
}
