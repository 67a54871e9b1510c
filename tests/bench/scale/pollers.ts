import { until } from '../../support/until.ts';
import { startForked } from '../queue/forked.ts';
import { emptyQueue } from '../queue/orders.ts';
import { perSecond } from '../rate.ts';

const PROGRAM = new URL('./poller-process.ts', import.meta.url).pathname;

/** Orders that each poller handles at a time. Each handler waits HANDLER_MS, as if for another service. */
export const SLOTS = 4;
export const HANDLER_MS = 20;

/** Resolves with the orders per second of several pollers, each in its own process. */
export async function rateOf(uri: string, pollers: number, count: number): Promise<number> {
  const queue = await emptyQueue(uri);
  const { orders } = queue;
  await queue.fill(count);
  const args = [uri, orders.dbName, String(SLOTS), String(HANDLER_MS)];
  const processes = await Promise.all(Array.from({ length: pollers }, () => startForked(PROGRAM, { args })));
  const rate = await perSecond(count, async () => {
    await Promise.all(processes.map(({ ask }) => ask('start')));
    await until(
      () => orders.countDocuments({ status: { $ne: 'fulfilled' } }, { limit: 1 }),
      (left) => left === 0,
      { deadlineMs: 300_000, what: 'an empty queue' },
    );
  });
  for (const { stop } of processes) stop();
  await queue.drop();
  return rate;
}
