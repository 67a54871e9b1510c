import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { until } from '../../support/until.ts';
import { emptyQueue } from '../queue/orders.ts';

const PROGRAM = new URL('./poller-process.ts', import.meta.url);

/** Orders that each poller handles at a time. Each handler waits HANDLER_MS, as if for another service. */
export const SLOTS = 4;
export const HANDLER_MS = 20;

/** Resolves with the orders per second of several pollers, each in its own process. */
export async function rateOf(uri: string, pollers: number, count: number): Promise<number> {
  const queue = await emptyQueue(uri);
  const { orders } = queue;
  await queue.fill(count);
  const processes = await Promise.all(
    Array.from({ length: pollers }, () => startProcess(uri, orders.dbName)),
  );
  const startedAt = performance.now();
  for (const child of processes) child.send('start');
  await until(
    () => orders.countDocuments({ status: { $ne: 'fulfilled' } }, { limit: 1 }),
    (left) => left === 0,
    {
      deadlineMs: 300_000,
      what: 'an empty queue',
    },
  );
  const rate = (count / (performance.now() - startedAt)) * 1_000;
  await Promise.all(processes.map(end));
  await queue.drop();
  return rate;
}

async function startProcess(uri: string, database: string): Promise<ChildProcess> {
  const child = fork(PROGRAM, [uri, database, String(SLOTS), String(HANDLER_MS)], { execArgv: [] });
  await once(child, 'message');
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}
