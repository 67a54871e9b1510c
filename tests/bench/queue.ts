import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startMongod } from '@beyond-headers/local-mongod';
import { agenda, mongodbQueue, ours } from './queue/competitors.ts';
import { emptyQueue } from './queue/orders.ts';
import { claimAndSettle, claimTime, latencies, sharedWork } from './queue/rates.ts';
import { median, spread } from './statistics.ts';

const ROUNDS = 5;
const HOP_ROUNDS = 9;
/** The same for all: the others slow down as what waits and what is done grows. */
const BACKLOG = 1_000;
const HOP = fileURLToPath(new URL('./queue/hop.ts', import.meta.url));

/** The queue beside others and beside itself, on one mongod, rounds interleaved. Fails below a bar. */
export async function run(): Promise<void> {
  const mongod = await startMongod();
  const { uri } = mongod;
  try {
    const reached = [
      ...(await competitors(uri)),
      await compare(
        'batch of 50 / single',
        ROUNDS,
        { bar: 6, unit: 'orders/s' },
        {
          batch: () => claimAndSettle(uri, 20_000, 50),
          single: () => claimAndSettle(uri, 1_500, 1),
        },
      ),
      await compare(
        '4 pollers / 1, handler 20 ms',
        ROUNDS,
        { bar: 3.6, unit: 'orders/s' },
        {
          four: () => sharedWork(uri, 4, 1_200),
          one: () => sharedWork(uri, 1, 300),
        },
      ),
      await backlog(uri),
      await wakeUp(uri),
      ...(await tracing(uri)),
    ];
    if (reached.includes(false)) process.exitCode = 1;
  } finally {
    await mongod.close();
  }
}

async function competitors(uri: string): Promise<boolean[]> {
  const rounds: Array<Record<'ours' | 'agenda' | 'mongodbQueue', number>> = [];
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push({
      ours: await ours(uri, BACKLOG),
      agenda: await agenda(uri, BACKLOG),
      mongodbQueue: await mongodbQueue(uri, BACKLOG),
    });
  }
  const rates = (name: 'ours' | 'agenda' | 'mongodbQueue') => rounds.map((round) => round[name]);
  console.log(
    `claim+ack, messages/s: ours ${text(rates('ours'))}; agenda ${text(rates('agenda'))}; mongodb-queue ${text(rates('mongodbQueue'))}`,
  );
  return [
    report(
      'claim+ack, ours / agenda',
      rounds.map((round) => round.ours / round.agenda),
      { atLeast: 4 },
    ),
    report(
      'claim+ack, ours / mongodb-queue',
      rounds.map((round) => round.ours / round.mongodbQueue),
      { atLeast: 1.8 },
    ),
  ];
}

async function backlog(uri: string): Promise<boolean> {
  const [small, large] = [await emptyQueue(uri), await emptyQueue(uri)];
  for (const [queue, count] of [
    [small, 100],
    [large, 100_000],
  ] as const) {
    await queue.fill(count);
    await queue.fill(count, 'fulfilled');
  }
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const one = await claimTime(small);
    ratios.push((await claimTime(large)) / one);
  }
  await small.drop();
  await large.drop();
  return report('claim p50, 100k + 100k / 100 + 100', ratios, { atMost: 1.5 });
}

async function wakeUp(uri: string): Promise<boolean> {
  const ratios: number[] = [];
  const polled: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const woken = await latencies(uri, true, 10);
    const alone = await latencies(uri, false, 10);
    polled.push(...alone);
    ratios.push(median(woken) / median(alone));
    console.log(
      `  insert → handler, p50 ms: wake-up ${median(woken).toFixed(1)}, poll-only ${median(alone).toFixed(0)}`,
    );
  }
  console.log(`  poll-only, longest of ${polled.length}: ${Math.max(...polled).toFixed(0)} ms`);
  return report('insert → handler p50, wake-up / poll-only 1 s', ratios, { atMost: 0.1 });
}

async function tracing(uri: string): Promise<boolean[]> {
  const sink = fork(new URL('./queue/otlp-sink.ts', import.meta.url), { execArgv: [] });
  const [port] = (await once(sink, 'message')) as [number];
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    OTEL_SERVICE_NAME: 'bench',
  };
  const sdk = ['--import', '@beyond-headers/telemetry/register'];
  try {
    return [
      await compare(
        'inject and extract, no SDK / without',
        HOP_ROUNDS,
        { bar: 0.97, unit: 'hops/s' },
        {
          carried: () => hop(uri, 'carried'),
          bare: () => hop(uri, 'bare'),
        },
      ),
      await compare(
        'SDK, batch, OTLP sink / no SDK',
        HOP_ROUNDS,
        { bar: 0.8, unit: 'hops/s' },
        {
          traced: () => hop(uri, 'whole', sdk, env),
          untraced: () => hop(uri, 'whole'),
        },
      ),
    ];
  } finally {
    sink.kill();
  }
}

async function hop(
  uri: string,
  mode: string,
  preload: string[] = [],
  env: Record<string, string> = {},
): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [...preload, HOP, uri, mode, '2000'], {
    env: { PATH: process.env['PATH'], ...env },
  });
  return Number(stdout);
}

/** Both sides in turn, the order swapped from round to round, and the first over the second. */
async function compare(
  what: string,
  rounds: number,
  { bar, unit }: { bar: number; unit: string },
  sides: Record<string, () => Promise<number>>,
): Promise<boolean> {
  const [first, second] = Object.entries(sides) as [
    [string, () => Promise<number>],
    [string, () => Promise<number>],
  ];
  const rates: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const);
    for (const side of order) rates[side].push(await [first, second][side]![1]());
  }
  console.log(`${what}, ${unit}: ${first[0]} ${text(rates[0])}; ${second[0]} ${text(rates[1])}`);
  return report(
    what,
    rates[0].map((rate, round) => rate / rates[1][round]!),
    { atLeast: bar },
  );
}

const text = (values: number[]) => `${median(values).toFixed(0)} (${spread(values)})`;

function report(what: string, ratios: number[], bar: { atLeast?: number; atMost?: number }): boolean {
  const value = median(ratios);
  const reached = value >= (bar.atLeast ?? -Infinity) && value <= (bar.atMost ?? Infinity);
  const limit = bar.atLeast === undefined ? `≤ ${bar.atMost}` : `≥ ${bar.atLeast}`;
  console.log(
    `${reached ? '✔' : '✖'} ${what}: ${value.toFixed(2)} (${spread(ratios)}, ${ratios.length} rounds), bar ${limit}`,
  );
  return reached;
}
