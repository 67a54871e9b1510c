import { fork } from 'node:child_process';
import { once } from 'node:events';

/** Starts a trace store in its own process. It ends when this process does, and doesn't keep this process alive. */
export async function forkTraceStore(options: object = {}): Promise<{ otlpUrl: string; queryUrl: string }> {
  const program = new URL('./trace-store-process.ts', import.meta.url);
  const child = fork(program, [JSON.stringify(options)], { execArgv: [] });
  const [urls] = (await once(child, 'message')) as [{ otlpUrl: string; queryUrl: string }];
  child.unref();
  child.channel?.unref();
  return urls;
}
