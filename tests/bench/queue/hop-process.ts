import { startForked } from './forked.ts';
import type { HopMode, HopRequest } from './hop.ts';

const PROGRAM = new URL('./hop.ts', import.meta.url).pathname;

/** A process that sends orders through the document, with or without an SDK. */
export interface HopProcess {
  /** Resolves with hops a second. */
  hop(mode: HopMode, count: number): Promise<number>;
  stop: () => void;
}

/** @param otlpUrl of the collector that the SDK exports to; without it there is no SDK */
export async function startHops(uri: string, otlpUrl?: string): Promise<HopProcess> {
  const { ask, stop } = await startForked(PROGRAM, { args: [uri], otlpUrl });
  const hop = (mode: HopMode, count: number) => ask<number>({ mode, count } satisfies HopRequest);
  await hop('whole', 200);
  return { hop, stop };
}
