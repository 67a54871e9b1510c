import { setTimeout as delay } from 'node:timers/promises';
import { storedStatuses, type OrderDocument } from '@beyond-headers/contracts';
import type { Collection } from 'mongodb';
import type { ServiceProcess } from './service-process.ts';

/** Processes of one service, and how another one starts. */
export interface Victims {
  running: ServiceProcess[];
  start: () => Promise<ServiceProcess>;
}

/**
 * Kills a random process again and again and starts another in its place; of several services, of each in turn. Resolves with how many
 * orders the processes held when they were killed.
 */
export async function killAtRandom(
  orders: Collection<OrderDocument>,
  kills: number,
  ...services: Victims[]
): Promise<number> {
  let inHand = 0;
  for (let kill = 0; kill < kills; kill++) {
    await delay(100 + Math.random() * 400);
    const { running, start } = services[kill % services.length]!;
    const index = Math.floor(Math.random() * running.length);
    const victim = running[index]!;
    await victim.kill();
    inHand += await orders.countDocuments({
      status: { $in: storedStatuses('processing') },
      'lease.owner': new RegExp(`/${victim.pid}/`),
    });
    running[index] = await start();
  }
  return inHand;
}
