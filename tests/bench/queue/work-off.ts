import type { BenchQueue } from './orders.ts';
import { countTo } from './peers/programs/harness.mjs';

/**
 * Processes all waiting orders with a poller whose handler does nothing, 8 at a time. Resolves with the milliseconds from the start of the
 * poller until the last outcome is durable. Rejects unless every order is fulfilled.
 */
export async function workOff(
  { poller: start, orders }: Pick<BenchQueue, 'poller' | 'orders'>,
  count: number,
): Promise<number> {
  const handled = countTo(count);
  const startedAt = performance.now();
  const poller = start({ handle: async () => handled.hit() });
  await handled.all;
  // Waits for the orders whose outcome is still being written.
  await poller.stop();
  const ms = performance.now() - startedAt;
  const fulfilled = await orders.countDocuments({ status: 'fulfilled' });
  if (fulfilled !== count) throw new Error(`The poller fulfilled ${fulfilled} of ${count} orders.`);
  return ms;
}
