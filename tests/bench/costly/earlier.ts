import { EARLIER } from '../queue/peers/installed.ts';
import { until } from '../../support/until.ts';
import { prepareBuilds, startIn, type Builds, type Running } from './earlier/builds.ts';
import { atMost, type Figure } from './figure.ts';

const STARTS = 9;
const ORDERS = 15;
const ORDER = {
  customer: 'ada',
  items: [{ sku: 'tea', quantity: 1, unitPriceCents: 250 }],
  report: true,
};

/**
 * Compares the system that `npm start` runs with an earlier build: the time to start, and the time from an order until the end of its Job.
 */
export async function run(): Promise<Figure[] | string> {
  const builds = await prepareBuilds();
  if (typeof builds === 'string') return builds;
  return [
    ...atMost(1, `time until all services are ready: today / ${EARLIER}`, await startRatios(builds)),
    ...atMost(
      0.6,
      `time from \`POST /orders\` until the end of the Job: today / ${EARLIER}`,
      await orderRatios(builds),
    ),
  ];
}

async function startRatios({ today, earlier }: Builds): Promise<number[]> {
  const ratios: number[] = [];
  for (let round = 0; round < STARTS; round++) {
    const [now, before] = [await startOnce(today), await startOnce(earlier)];
    ratios.push(now / before);
  }
  return ratios;
}

async function startOnce(build: string): Promise<number> {
  const { startMs, stop } = await startIn(build);
  await stop();
  return startMs;
}

/** Runs both systems at the same time, and places orders in them alternately. */
async function orderRatios({ today, earlier }: Builds): Promise<number[]> {
  await using running = new AsyncDisposableStack();
  const now = running.adopt(await startIn(today), ({ stop }) => stop());
  const before = running.adopt(await startIn(earlier), ({ stop }) => stop());
  for (const system of [now, before]) await orderToEndOfJob(system);
  const ratios: number[] = [];
  for (let round = 0; round < ORDERS; round++) {
    ratios.push((await orderToEndOfJob(now)) / (await orderToEndOfJob(before)));
  }
  return ratios;
}

async function orderToEndOfJob({ writer, cluster }: Running): Promise<number> {
  const start = performance.now();
  const response = await fetch(`${writer}/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ORDER),
  });
  const { orderId } = (await response.json()) as { orderId: string };
  await until(
    async () => {
      const answer = await fetch(`${cluster}/apis/batch/v1/jobs`);
      const { items } = (await answer.json()) as { items: { status?: { succeeded?: number } }[] };
      return items.some((job) => job.status?.succeeded === 1 && JSON.stringify(job).includes(orderId));
    },
    (hasEnded) => hasEnded,
    { what: `the end of the Job of ${orderId}` },
  );
  return performance.now() - start;
}
