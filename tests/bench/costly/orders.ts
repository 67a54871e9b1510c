import { startMongod } from '@beyond-headers/local-mongod';
import { countByStatus, oldestAgeMs } from '../../../services/poller/queue/counts.ts';
import { median } from '../statistics.ts';
import { emptyQueue, type BenchQueue } from '../queue/orders.ts';
import { claimTime } from '../queue/rates.ts';
import { alternate } from '../ratio.ts';
import { inMb, inSeconds, type Figure } from './figure.ts';
import { usageOf } from './usage.ts';
import { lostHistory, resumeAfterMany } from './orders/history.ts';

const ORDERS = 1_000_000;
const WAITING = 100_000;
const ROUNDS = 5;
const CALLS = 5;

/** Measures a collection of a million orders on a real mongod: claims, sizes, and the change stream after many events. */
export async function run(): Promise<Figure[]> {
  // Frequent checkpoints let mongod truncate the oplog soon after it exceeds its size.
  const mongod = await startMongod({ checkpointEveryS: 1 });
  try {
    const [small, large] = [await emptyQueue(mongod.uri), await emptyQueue(mongod.uri)];
    for (const [queue, waiting, all] of [
      [small, 100, 200],
      [large, WAITING, ORDERS],
    ] as const) {
      await queue.fill(all - waiting, 'fulfilled');
      await queue.fill(waiting);
    }
    const figures = [
      ...(await claims(small, large, mongod.pid)),
      ...(await sizes(large)),
      ...(await resumeAfterMany(large)),
      ...(await lostHistory(large)),
    ];
    await Promise.all([small.drop(), large.drop()]);
    return figures;
  } finally {
    await mongod.close();
  }
}

async function claims(small: BenchQueue, large: BenchQueue, server: number): Promise<Figure[]> {
  const ratios = await alternate(
    ROUNDS,
    () => claimTime(large),
    () => claimTime(small),
  );
  const { pending } = await countByStatus(large);
  return [
    {
      what: `ratio of the p50 of a claim: with ${ORDERS.toLocaleString('en')} orders (${WAITING.toLocaleString('en')} wait) / with 200 orders (100 wait)`,
      result: median(ratios).toFixed(2),
    },
    { what: 'waiting orders that the count by status reports', result: pending, expected: WAITING },
    {
      what: 'processor time of mongod to count the orders by status, for the metrics',
      result: inSeconds(await serverTime(server, () => countByStatus(large))),
    },
    {
      what: 'processor time of mongod to find how long the oldest waiting order has waited, for the metrics',
      result: inSeconds(await serverTime(server, () => oldestAgeMs(large))),
    },
  ];
}

/** Returns the mean of several calls, because the kernel counts in hundredths of a second. */
async function serverTime(pid: number, ask: () => Promise<unknown>): Promise<number> {
  const before = await usageOf(pid);
  for (let call = 0; call < CALLS; call++) await ask();
  return ((await usageOf(pid)).cpuMs - before.cpuMs) / CALLS;
}

async function sizes({ orders }: BenchQueue): Promise<Figure[]> {
  const [stats] = await orders
    .aggregate<{ storageStats: { size: number; storageSize: number; indexSizes: Record<string, number> } }>([
      { $collStats: { storageStats: {} } },
    ])
    .toArray();
  const { size = 0, storageSize = 0, indexSizes = {} } = stats?.storageStats ?? {};
  return [
    {
      what: 'size of the documents: uncompressed, and on the disk',
      result: `${inMb(size)}, ${inMb(storageSize)}`,
    },
    ...Object.entries(indexSizes).map(([name, bytes]) => ({
      what: `index \`${name}\` on the disk`,
      result: inMb(bytes),
    })),
  ];
}
