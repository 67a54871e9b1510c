import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { HopMode, HopRequest } from './hop.ts';

const PROGRAM = new URL('./hop.ts', import.meta.url);

/** A process that sends orders through the document, with or without an SDK. */
export interface HopProcess {
  /** Resolves with hops a second. */
  hop(mode: HopMode, count: number): Promise<number>;
  stop(): void;
}

/** @param otlpUrl of the collector that the SDK exports to; without it there is no SDK */
export async function startHops(uri: string, otlpUrl?: string): Promise<HopProcess> {
  const child = fork(PROGRAM, [uri], {
    execArgv: otlpUrl ? ['--import', '@beyond-headers/telemetry/register'] : [],
    env: {
      PATH: process.env['PATH'],
      ...(otlpUrl && { OTEL_EXPORTER_OTLP_ENDPOINT: otlpUrl, OTEL_SERVICE_NAME: 'bench' }),
    },
  });
  await answer(child);
  const hop = async (mode: HopMode, count: number) => {
    child.send({ mode, count } satisfies HopRequest);
    return answer<number>(child);
  };
  await hop('whole', 200);
  return { hop, stop: () => void child.kill() };
}

/** A process that takes every span and forgets it. */
export async function startSink(): Promise<{ url: string; stop: () => void }> {
  const sink = fork(new URL('./otlp-sink.ts', import.meta.url), { execArgv: [] });
  const port = await answer<number>(sink);
  return { url: `http://127.0.0.1:${port}`, stop: () => void sink.kill() };
}

async function answer<T>(child: ChildProcess): Promise<T> {
  const settled = new AbortController();
  const ended = once(child, 'exit', { signal: settled.signal }).then(([code]) => {
    throw new Error(`Failed to measure: ${child.spawnfile} ended with exit code ${String(code)}`);
  });
  ended.catch(() => {});
  const [message] = await Promise.race([once(child, 'message'), ended]);
  settled.abort();
  return message as T;
}
