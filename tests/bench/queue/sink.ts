import { startForked } from './forked.ts';

const PROGRAM = new URL('./otlp-sink.ts', import.meta.url).pathname;

/** A process that takes every span and forgets it. */
export interface Sink {
  url: string;
  /** Resolves when nothing has come for a while: spans of one round are out of the way of the next. */
  quiet: () => Promise<void>;
  stop: () => void;
}

export async function startSink(): Promise<Sink> {
  const { ready: port, ask, stop } = await startForked(PROGRAM);
  return { url: `http://127.0.0.1:${String(port)}`, quiet: () => ask('quiet'), stop };
}
