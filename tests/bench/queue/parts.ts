import { agenda, mongodbQueue, ours } from './competitors.ts';
import { compareEndpoint } from './endpoint/compare.ts';
import { startHops } from './hop-process.ts';
import { emptyQueue } from './orders.ts';
import { compareLatency } from './peers/latency.ts';
import { comparePeers } from './peers/peers.ts';
import { claimAndSettle, claimTime, latencies, sharedWork } from './rates.ts';
import { alternate, type Ratio } from './ratio.ts';
import { startSink } from './sink.ts';
import { openStampedInserts } from './stamped-inserts.ts';
import { median } from '../statistics.ts';

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
    const rounds: Array<[number, number]> = [];
    for (let round = 0; round < ROUNDS; round++) {
      const [mine, theirs, others] = [
        await ours(uri, BACKLOG),
        await agenda(uri, BACKLOG),
        await mongodbQueue(uri, BACKLOG),
      ];
      rounds.push([mine / theirs, mine / others]);
    }
    return [
      {
        what: 'rate of claim and ack: ours / agenda',
        rounds: rounds.map(([ratio]) => ratio),
        bar: { atLeast: 4 },
      },
      {
        what: 'rate of claim and ack: ours / mongodb-queue',
        rounds: rounds.map(([, ratio]) => ratio),
        bar: { atLeast: 1.8 },
      },
    ];
  },

  peers: comparePeers,

  latency: compareLatency,

  endpoint: compareEndpoint,

  batch: async (uri) => {
    const rounds = await alternate(
      ROUNDS,
      () => claimAndSettle(uri, 20_000, 50),
      () => claimAndSettle(uri, 1_500, 1),
    );
    return [
      {
        what: 'rate of claim and settle: in batches of 50 orders / in batches of 1 order',
        rounds,
        bar: { atLeast: 6 },
      },
    ];
  },

  sharing: async (uri) => {
    const rounds = await alternate(
      ROUNDS,
      () => sharedWork(uri, 4, 1_200),
      () => sharedWork(uri, 1, 300),
    );
    return [
      {
        what: 'rate of 4 pollers / of 1 poller, with 2 slots per poller and handlers that take 20 ms',
        rounds,
        bar: { atLeast: 3.6 },
      },
    ];
  },

  backlog: async (uri) => {
    const small = await emptyQueue(uri);
    const large = await emptyQueue(uri);
    for (const [queue, count] of [
      [small, 100],
      [large, 100_000],
    ] as const) {
      await queue.fill(count);
      await queue.fill(count, 'fulfilled');
    }
    const rounds = await alternate(
      ROUNDS,
      () => claimTime(large),
      () => claimTime(small),
    );
    await Promise.all([small.drop(), large.drop()]);
    return [
      {
        what: 'p50 of a claim: with 100,000 waiting and 100,000 done orders / with 100 waiting and 100 done orders',
        rounds,
        bar: { atMost: 1.5 },
      },
    ];
  },

  'wake-up': async (uri) => {
    const polled: number[] = [];
    const pollOnly = async () => {
      const times = await latencies(uri, false, 10);
      polled.push(...times);
      return median(times);
    };
    const rounds = await alternate(ROUNDS, async () => median(await latencies(uri, true, 10)), pollOnly);
    console.log(`  poll-only, longest of ${polled.length}: ${Math.max(...polled).toFixed(0)} ms`);
    return [
      {
        what: 'p50 from insert to handler: with wake-up / with only a poll every second',
        rounds,
        bar: { atMost: 0.1 },
      },
    ];
  },

  tracing: async (uri) => {
    const sink = await startSink();
    const [traced, untraced] = [await startHops(uri, sink.url), await startHops(uri)];
    try {
      const carrying = await alternate(
        HOP_ROUNDS,
        () => untraced.hop('carried', HOPS),
        () => untraced.hop('bare', HOPS),
      );
      const tracing = await alternate(
        HOP_ROUNDS,
        () => traced.hop('whole', HOPS),
        () => untraced.hop('whole', HOPS),
      );
      return [
        {
          what: 'rate of document hops without an SDK: with inject and extract / without them',
          rounds: carrying,
          bar: { atLeast: 0.97 },
        },
        {
          what: 'rate of document hops: with an SDK that sends spans / without an SDK',
          rounds: tracing,
          bar: { atLeast: 0.8 },
        },
      ];
    } finally {
      for (const part of [traced, untraced, sink]) part.stop();
    }
  },

  stamping: async (uri) => {
    const inserts = await openStampedInserts(uri);
    try {
      const rounds = await alternate(INSERT_ROUNDS, inserts.stamped, inserts.bare);
      return [
        { what: 'inserts through stamped() / with the context at hand', rounds, bar: { atLeast: 0.95 } },
      ];
    } finally {
      await inserts.close();
    }
  },
};
