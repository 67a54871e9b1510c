import { join } from 'node:path';
import { median, percentile99 } from '../../statistics.ts';
import { startForked } from '../forked.ts';
import { compareSides, type Ratio } from '../../ratio.ts';
import { startSink } from '../sink.ts';
import { Caller } from './post.ts';

const ROUNDS = 5;
const SINGLE = 1_000;
const BATCHED = 8_000;

/** Compares orders in batches with single orders at the public endpoint, and a traced writer with an untraced one. */
export async function compareEndpoint(uri: string): Promise<Ratio[]> {
  const sink = await startSink();
  const writers = await Promise.all([startWriter(uri, 'traced', sink.url), startWriter(uri, 'untraced')]);
  const [traced, untraced] = writers.map(({ caller }) => caller) as [Caller, Caller];
  try {
    for (const caller of [traced, untraced]) {
      await caller.single(SINGLE);
      await caller.batches(BATCHED);
    }
    const batched = await compareSides(
      'rate of orders that are placed: 100 per request / 1 per request',
      { atLeast: 8 },
      [() => traced.batches(BATCHED), () => traced.single(SINGLE)],
    );
    const cost = await compareSides('rate of `POST /orders`: traced / untraced', { atLeast: 0.8 }, [
      () => traced.single(SINGLE),
      () => untraced.single(SINGLE),
    ]);
    const steady: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const times = await traced.steady(600, 200);
      steady.push(percentile99(times) / median(times));
    }
    return [
      batched,
      cost,
      {
        what: 'duration of `POST /orders` at 200 requests a second: p99 / p50',
        rounds: steady,
        bar: { atMost: 2 },
      },
    ];
  } finally {
    for (const { stop } of writers) stop();
    sink.stop();
  }
}

async function startWriter(uri: string, name: string, otlpUrl?: string) {
  const args = [uri, `bench_writer_${name}`];
  const { ready, stop } = await startForked(join(import.meta.dirname, 'writer.ts'), { args, otlpUrl });
  const caller = new Caller(Number(ready));
  return {
    caller,
    stop: () => {
      caller.close();
      stop();
    },
  };
}
