import { cpus } from 'node:os';
import { startMongod } from '@beyond-headers/local-mongod';
import { MongoClient } from 'mongodb';
import { startMongods, uriOf } from '../support/mongods.ts';
import { writeNumbers } from '../support/numbers-page.ts';
import { emptyQueue } from './queue/orders.ts';
import { claimTime } from './queue/rates.ts';
import { alternate } from './ratio.ts';
import { bestNumber, fit, predict } from './scale/model.ts';
import { HANDLER_MS, rateOf, SLOTS } from './scale/pollers.ts';
import { median, spread } from './statistics.ts';

const ROUNDS = 3;
const POLLERS = [1, 2, 4, 8];
const WAITING = [1_000, 10_000, 100_000, 1_000_000];
const ORDERS_OF_EACH = 500;

/** Measures how the queue scales with pollers, waiting orders, and members of the replica set: `npm run bench -- scale [--numbers]`. */
export async function run({ numbers }: { numbers: boolean }): Promise<void> {
  const mongod = await startMongod();
  const tables: string[][] = [];
  try {
    tables.push(await morePollers(mongod.uri), await moreWaiting(mongod.uri), await moreMembers(mongod.uri));
  } finally {
    await mongod.close();
  }
  const text = tables.map((rows) => rows.join('\n')).join('\n\n');
  console.log(text);
  if (numbers) await writeNumbers('scale', text);
}

async function morePollers(uri: string): Promise<string[]> {
  const rounds = new Map(POLLERS.map((n) => [n, [] as number[]]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [n, rates] of rounds) rates.push(await rateOf(uri, n, n * ORDERS_OF_EACH));
  }
  const rates = new Map([...rounds].map(([n, values]) => [n, median(values)]));
  const model = fit(rates);
  const one = rates.get(1)!;
  return [
    '| pollers | rate / rate of one poller | rounds | rate by the model / rate of one poller |',
    '| --- | --- | --- | --- |',
    ...[...rounds].map(
      ([n, values]) =>
        `| ${n} | ${(median(values) / one).toFixed(2)} | ${spread(values.map((rate) => rate / one))} | ${(predict(model, n) / one).toFixed(2)} |`,
    ),
    '',
    `The model has two coefficients, which are chosen so that it fits the measured rates. The first coefficient, ${model.contention.toFixed(3)}, is the share of the work that only one poller can do at a time. ` +
      `The second coefficient, ${model.coherence.toFixed(4)}, says how much each poller slows down each other poller. ` +
      `According to the model, the rate is highest with ${bestNumber(model).toFixed(0)} pollers. ` +
      `These numbers hold for pollers that work on up to ${SLOTS} orders at a time, for handlers that take ${HANDLER_MS} ms, and for ${cpus().length} cores that all processes share.`,
  ];
}

async function moreWaiting(uri: string): Promise<string[]> {
  const times = new Map<number, number>();
  for (const count of WAITING) {
    const queue = await emptyQueue(uri);
    await queue.fill(count);
    times.set(count, await claimTime(queue));
    await queue.drop();
  }
  const least = times.get(WAITING[0]!)!;
  return [
    '| waiting orders | p50 of a claim / p50 with 1,000 waiting orders |',
    '| --- | --- |',
    ...[...times].map(
      ([count, time]) => `| ${count.toLocaleString('en-US')} | ${(time / least).toFixed(2)} |`,
    ),
  ];
}

async function moreMembers(alone: string): Promise<string[]> {
  const mongods = await startMongods(3);
  try {
    const uri = uriOf(mongods);
    await initiate(mongods.map(({ address }) => address));
    const rateAt = (at: string) => () => rateOf(at, 2, 2 * ORDERS_OF_EACH);
    const ratios = await alternate(ROUNDS, rateAt(uri), rateAt(alone));
    return [
      '| members of the replica set | rate of two pollers / their rate with one member | rounds |',
      '| --- | --- | --- |',
      `| 3 | ${median(ratios).toFixed(2)} | ${spread(ratios)} |`,
    ];
  } finally {
    await Promise.all(mongods.map((mongod) => mongod.kill()));
  }
}

async function initiate(addresses: string[]): Promise<void> {
  const client = new MongoClient(`mongodb://${addresses[0]}/?directConnection=true`);
  const members = addresses.map((host, _id) => ({ _id, host }));
  await client.db('admin').command({ replSetInitiate: { _id: 'rs0', members } });
  await client.close();
}
