import { startForked } from './forked.ts';

const PROGRAM = new URL('./otlp-sink.ts', import.meta.url).pathname;

/** A process that accepts all spans and discards them. */
export interface Sink {
  url: string;
  /** Resolves when no request has arrived for a while, so that spans of one round don't disturb the next. */
  quiet: () => Promise<void>;
  stop: () => void;
}

export async function startSink(): Promise<Sink> {
  const { ready: port, ask, stop } = await startForked(PROGRAM);
  return { url: `http://127.0.0.1:${String(port)}`, quiet: () => ask('quiet'), stop };
}
