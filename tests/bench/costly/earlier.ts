import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findFreePort } from '@beyond-headers/local-process';
import { ROOT } from '@beyond-headers/local-process/root';
import { until } from '../../support/until.ts';
import { EARLIER, installEarlier } from '../queue/peers/installed.ts';
import { median, spread } from '../statistics.ts';
import type { Figure } from './figure.ts';

const STARTS = 9;
const ORDERS = 15;
const ORDER = {
  customer: 'ada',
  items: [{ sku: 'tea', quantity: 1, unitPriceCents: 250 }],
  report: true,
};
const PORTS = ['PLAYGROUND', 'WRITER', 'POLLER', 'JOB_LAUNCHER', 'CLUSTER', 'TRACES', 'OTLP_HTTP'] as const;

interface Running {
  /** From the start of the process until it prints that all services are ready. */
  startMs: number;
  writer: string;
  cluster: string;
  stop: () => Promise<void>;
}

/**
 * Compares the system that `npm start` runs with an earlier build: the time to start, and the time from an order until the end of its Job.
 */
export async function run(): Promise<Figure[] | string> {
  const earlier = await installEarlier();
  if (!earlier) return `it needs ${EARLIER} in this clone's history`;
  await (await startIn(ROOT)).stop();
  // The first start may have downloaded mongod.
  await cp(join(ROOT, '.local/mongod'), join(earlier, '.local/mongod'), { recursive: true });
  await (await startIn(earlier)).stop();
  return [
    ...figuresOf('time until all services are ready', 1, await startRatios(earlier)),
    ...figuresOf('time from `POST /orders` until the end of the Job', 0.6, await orderRatios(earlier)),
  ];
}

async function startRatios(earlier: string): Promise<number[]> {
  const ratios: number[] = [];
  for (let round = 0; round < STARTS; round++) {
    const [now, before] = [await startOnce(ROOT), await startOnce(earlier)];
    ratios.push(now / before);
  }
  return ratios;
}

async function startOnce(tree: string): Promise<number> {
  const { startMs, stop } = await startIn(tree);
  await stop();
  return startMs;
}

/** Runs both systems at the same time, and places orders in them alternately. */
async function orderRatios(earlier: string): Promise<number[]> {
  await using running = new AsyncDisposableStack();
  const now = running.adopt(await startIn(ROOT), ({ stop }) => stop());
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

async function startIn(tree: string): Promise<Running> {
  const numbers = new Map<string, number>();
  for (const name of PORTS) numbers.set(`${name}_PORT`, await findFreePort());
  const start = performance.now();
  const child = spawn(process.execPath, ['scripts/setup.mjs', 'local/supervisor/src/main.ts'], {
    cwd: tree,
    env: { PATH: process.env['PATH'], MONGODB_PORT: '0', ...Object.fromEntries(numbers) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  for await (const line of createInterface(child.stdout)) if (line.includes('(ready in ')) break;
  const startMs = performance.now() - start;
  child.stdout.resume();
  if (child.exitCode !== null) throw new Error(`${tree} ended with exit code ${child.exitCode}.`);
  const urlOf = (name: string): string => `http://127.0.0.1:${numbers.get(`${name}_PORT`)}`;
  return { startMs, writer: urlOf('WRITER'), cluster: urlOf('CLUSTER'), stop };
}

const figuresOf = (what: string, bar: number, ratios: number[]): Figure[] => [
  {
    what: `${what}: today / ${EARLIER}`,
    result: median(ratios) <= bar ? `≤ ${bar}` : median(ratios).toFixed(2),
    expected: `≤ ${bar}`,
  },
  {
    what: `${what}: today / ${EARLIER}, median and range of all rounds`,
    result: `${median(ratios).toFixed(2)} (${spread(ratios)})`,
  },
];
