import { EARLIER } from '../queue/peers/installed.ts';
import { placeOrder } from '../../support/writer.ts';
import { until } from '../../support/until.ts';
import { alternate } from '../ratio.ts';
import { prepareBuilds, startIn, type Builds, type Running } from './earlier/builds.ts';
import { atMost, type Figure } from './figure.ts';

const STARTS = 9;
const ORDERS = 15;

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

const startRatios = ({ today, earlier }: Builds): Promise<number[]> =>
  alternate(
    STARTS,
    () => startOnce(today),
    () => startOnce(earlier),
  );

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
  return alternate(
    ORDERS,
    () => orderToEndOfJob(now),
    () => orderToEndOfJob(before),
  );
}

async function orderToEndOfJob({ writer, cluster }: Running): Promise<number> {
  const start = performance.now();
  const { orderId } = await placeOrder(writer, { report: true });
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
