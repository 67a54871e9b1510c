import { startForked } from './forked.ts';
import type { HopMode, HopRequest } from './hop.ts';

const PROGRAM = new URL('./hop.ts', import.meta.url).pathname;

/** A child process that sends orders through MongoDB documents, with or without an SDK. */
export interface HopProcess {
  /** Resolves with hops per second. */
  hop(mode: HopMode, count: number): Promise<number>;
  stop: () => void;
}

/** @param otlpUrl URL of the collector. If unset, the process runs without an SDK */
export async function startHops(uri: string, otlpUrl?: string): Promise<HopProcess> {
  const { ask, stop } = await startForked(PROGRAM, { args: [uri], otlpUrl });
  const hop = (mode: HopMode, count: number) => ask<number>({ mode, count } satisfies HopRequest);
  await hop('whole', 200);
  return { hop, stop };
}
