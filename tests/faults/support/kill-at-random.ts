import { setTimeout as delay } from 'node:timers/promises';
import type { AttemptRecord, OrderDocument } from '@beyond-headers/contracts';
import type { ServiceProcess } from './service-process.ts';

/** Processes of one service, and how another one starts. */
export interface Victims {
  running: ServiceProcess[];
  start: () => Promise<ServiceProcess>;
}

/**
 * Kills a random process again and again and starts another in its place; of several services, of each in turn. Resolves with the pids of
 * those that were killed.
 */
export async function killAtRandom(kills: number, ...services: Victims[]): Promise<Set<number>> {
  const killed = new Set<number>();
  for (let kill = 0; kill < kills; kill++) {
    await delay(100 + Math.random() * 400);
    const { running, start } = services[kill % services.length]!;
    const index = Math.floor(Math.random() * running.length);
    const victim = running[index]!;
    await victim.kill();
    killed.add(victim.pid);
    running[index] = await start();
  }
  return killed;
}

/**
 * The attempts that ended with their lease, by whether their poller was killed. They can't be counted at the kill: a claim that stood in
 * the server's socket takes its orders after the death of who sent it.
 */
export function lostLeases(
  orders: readonly OrderDocument[],
  killed: ReadonlySet<number>,
): { ofKilled: AttemptRecord[]; ofLiving: AttemptRecord[] } {
  const lost = orders.flatMap(({ history = [] }) =>
    history.filter(({ outcome }) => outcome === 'lease ended'),
  );
  const isOfKilled = ({ owner = '' }: AttemptRecord) => killed.has(Number(owner.split('/').at(-2)));
  return { ofKilled: lost.filter(isOfKilled), ofLiving: lost.filter((record) => !isOfKilled(record)) };
}
