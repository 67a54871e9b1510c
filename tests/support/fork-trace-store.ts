import { fork } from 'node:child_process';
import { once } from 'node:events';

/** Where a trace store takes spans, and where it returns them. */
export interface TraceStoreUrls {
  otlpUrl: string;
  queryUrl: string;
}

/** Starts a trace store in its own process. It ends when this process does, and doesn't keep this process alive. */
export async function forkTraceStore(options: object = {}): Promise<TraceStoreUrls> {
  const program = new URL('./trace-store-process.ts', import.meta.url);
  const child = fork(program, [JSON.stringify(options)], { execArgv: [] });
  const [urls] = (await once(child, 'message')) as [TraceStoreUrls];
  child.unref();
  child.channel?.unref();
  return urls;
}
