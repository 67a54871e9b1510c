import { compareSides, type Ratio } from '../ratio.ts';
import { median } from '../statistics.ts';
import { agenda, mongodbQueue, ours } from './competitors.ts';
import { compareEndpoint } from './endpoint/compare.ts';
import { startForked } from './forked.ts';
import type { HopMode, HopRequest } from './hop.ts';
import { emptyQueue } from './orders.ts';
import { compareLatency } from './peers/latency.ts';
import { comparePeers } from './peers/peers.ts';
import { claimAndSettle, claimTime, latencies, sharedWork } from './rates.ts';
import { startSink } from './sink.ts';
import { openStampedInserts } from './stamped-inserts.ts';

const ROUNDS = 5;
/** A round of hops takes a third of a second. In many short rounds, both sides run under the same load of the machine. */
const HOP_ROUNDS = 41;
const HOPS = 200;
const INSERT_ROUNDS = 21;
/** The same for all queues, because the other queues slow down as their collections grow. */
const BACKLOG = 1_000;

/** The tables of docs/reference/numbers.md, each with the parts of its rows. */
export const TABLES: Readonly<Record<string, readonly string[]>> = {
  'queue speed': ['competitors', 'batch', 'sharing', 'backlog', 'wake-up', 'tracing'],
  'queue peers': ['peers', 'latency', 'endpoint'],
};

/** The parts of the benchmark, by name. Each runs against the given mongod. */
export const PARTS: Record<string, (uri: string) => Promise<Ratio[]>> = {
  competitors: async (uri) => {
    const [toAgenda, toMongodbQueue]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      const mine = await ours(uri, BACKLOG);
      toAgenda.push(mine / (await agenda(uri, BACKLOG)));
      toMongodbQueue.push(mine / (await mongodbQueue(uri, BACKLOG)));
    }
    return [
      { what: 'rate of claim and ack: ours / agenda', rounds: toAgenda, bar: { atLeast: 4 } },
      { what: 'rate of claim and ack: ours / mongodb-queue', rounds: toMongodbQueue, bar: { atLeast: 1.8 } },
    ];
  },

  peers: comparePeers,

  latency: compareLatency,

  endpoint: compareEndpoint,

  batch: async (uri) => [
    await compareSides(
      'rate of claim and settle: in batches of 50 orders / in batches of 1 order',
      { atLeast: 6 },
      [() => claimAndSettle(uri, 20_000, 50), () => claimAndSettle(uri, 1_500, 1)],
    ),
  ],

  sharing: async (uri) => [
    await compareSides(
      'rate of 4 pollers / of 1 poller, with 2 slots per poller and handlers that take 20 ms',
      { atLeast: 3.6 },
      [() => sharedWork(uri, 4, 1_200), () => sharedWork(uri, 1, 300)],
    ),
  ],

  backlog: async (uri) => {
    const [small, large] = [await emptyQueue(uri), await emptyQueue(uri)];
    for (const [queue, count] of [
      [small, 100],
      [large, 100_000],
    ] as const) {
      await queue.fill(count);
      await queue.fill(count, 'fulfilled');
    }
    const ratio = await compareSides(
      'p50 of a claim: with 100,000 waiting and 100,000 done orders / with 100 waiting and 100 done orders',
      { atMost: 1.5 },
      [() => claimTime(large), () => claimTime(small)],
    );
    await Promise.all([small.drop(), large.drop()]);
    return [ratio];
  },

  'wake-up': async (uri) => {
    const polled: number[] = [];
    const pollOnly = async () => {
      const times = await latencies(uri, false, 10);
      polled.push(...times);
      return median(times);
    };
    const ratio = await compareSides(
      'p50 from insert to handler: with wake-up / with only a poll every second',
      { atMost: 0.1 },
      [async () => median(await latencies(uri, true, 10)), pollOnly],
    );
    console.log(`  poll-only, longest of ${polled.length}: ${Math.max(...polled).toFixed(0)} ms`);
    return [ratio];
  },

  tracing: async (uri) => {
    const sink = await startSink();
    const [traced, untraced] = [await startHops(uri, sink.url), await startHops(uri)];
    try {
      return [
        await compareSides(
          'rate of document hops without an SDK: with inject and extract / without them',
          { atLeast: 0.97 },
          [untraced.hop('carried'), untraced.hop('bare')],
          HOP_ROUNDS,
        ),
        await compareSides(
          'rate of document hops: with an SDK that sends spans / without an SDK',
          { atLeast: 0.8 },
          [traced.hop('whole'), untraced.hop('whole')],
          HOP_ROUNDS,
        ),
      ];
    } finally {
      for (const part of [traced, untraced, sink]) part.stop();
    }
  },

  stamping: async (uri) => {
    const { stamped, bare, close } = await openStampedInserts(uri);
    try {
      const what = 'inserts through stamped() / with the context at hand';
      return [await compareSides(what, { atLeast: 0.95 }, [stamped, bare], INSERT_ROUNDS)];
    } finally {
      await close();
    }
  },
};

/** Starts a process that sends orders through MongoDB documents. Without the URL of a collector, it runs without an SDK. */
async function startHops(uri: string, otlpUrl?: string) {
  const { ask, stop } = await startForked(new URL('./hop.ts', import.meta.url).pathname, {
    args: [uri],
    otlpUrl,
  });
  const hop = (mode: HopMode) => () => ask<number>({ mode, count: HOPS } satisfies HopRequest);
  await hop('whole')();
  return { hop, stop };
}
