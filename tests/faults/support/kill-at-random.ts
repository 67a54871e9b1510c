import { setTimeout as delay } from 'node:timers/promises';
import type { AttemptRecord, OrderDocument } from '@beyond-headers/contracts';
import type { ServiceProcess } from './service-process.ts';

/** When processes were killed, by their pids. The database's clock is this machine's. */
export type Killed = Map<number, Date>;

/** Processes of one service, and how another one starts. */
export interface Victims {
  running: ServiceProcess[];
  start: () => Promise<ServiceProcess>;
}

/**
 * Kills a random process again and again and starts another in its place; of several services, of each in turn. Resolves with when
 * each was killed, by its pid.
 */
export async function killAtRandom(kills: number, ...services: Victims[]): Promise<Killed> {
  const killed: Killed = new Map();
  for (let kill = 0; kill < kills; kill++) {
    await delay(100 + Math.random() * 400);
    const { running, start } = services[kill % services.length]!;
    const index = Math.floor(Math.random() * running.length);
    const victim = running[index]!;
    killed.set(victim.pid, new Date());
    await victim.kill();
    running[index] = await start();
  }
  return killed;
}

/**
 * The attempts that ended with their lease, by whether their poller had been killed before: one that lost a lease alive, and was killed
 * later, counts as living. They can't be counted at the kill: a claim that stood in
 * the server's socket takes its orders after the death of who sent it.
 */
export function lostLeases(
  orders: readonly OrderDocument[],
  killed: Killed,
): { ofKilled: AttemptRecord[]; ofLiving: AttemptRecord[] } {
  const lost = orders.flatMap(({ history = [] }) =>
    history.filter(({ outcome }) => outcome === 'lease ended'),
  );
  const isOfKilled = ({ owner = '', at }: AttemptRecord) => {
    const killedAt = killed.get(Number(owner.split('/').at(-2)));
    return killedAt !== undefined && at >= killedAt;
  };
  return { ofKilled: lost.filter(isOfKilled), ofLiving: lost.filter((record) => !isOfKilled(record)) };
}
