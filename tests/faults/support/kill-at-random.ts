import { setTimeout as delay } from 'node:timers/promises';
import type { AttemptRecord, OrderDocument } from '@beyond-headers/contracts';
import type { ServiceProcess } from './service-process.ts';

/** The times at which processes were killed, by pid. The database uses the same clock, that of this machine. */
export type Killed = Map<number, Date>;

/** Processes of one service, and a function that starts another one. */
export interface Victims {
  running: ServiceProcess[];
  start: () => Promise<ServiceProcess>;
}

/**
 * Repeatedly kills a random process, and starts another in its place. Takes turns between several services. Resolves with the time of each
 * kill, by pid.
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
 * Returns the attempts whose lease ended, by whether their poller had been killed before. A poller that lost a lease alive, and was killed
 * later, counts as living. The attempts can't be counted at the kill: a claim in the server's socket takes its orders even after the death
 * of its sender.
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
