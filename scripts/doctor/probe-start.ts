import { announcedSystems, RUNS_DIRECTORY } from '@beyond-headers/supervisor';
import type { SystemFact } from './facts.ts';

const TIMEOUT_MS = 3_000;

/** Returns the systems that `npm start` runs, and the ports that they hold. Finds them by their run directories. */
export async function startedSystems(
  runsDirectory = RUNS_DIRECTORY,
): Promise<{ systems: SystemFact[]; held: number[] }> {
  const announced = await announcedSystems(runsDirectory);
  const systems = announced.map(async ({ pid, ...addresses }): Promise<SystemFact> => {
    const urls = Object.entries(addresses).filter(
      ([name]) => !['otlp', 'mongodb', 'mongodbDatabase'].includes(name),
    );
    const silent = await Promise.all(
      urls.map(async ([name, url]) => ((await isReady(url)) ? [] : `${name} at ${url}`)),
    );
    return { pid, playground: addresses.playground, silent: silent.flat() };
  });
  const held = announced.flatMap(({ pid: _pid, ...addresses }) => Object.values(addresses).flatMap(portIn));
  return { systems: await Promise.all(systems), held };
}

function portIn(address: string): number[] {
  return address.startsWith('http://') ? [Number(new URL(address).port)] : [];
}

async function isReady(url: string): Promise<boolean> {
  try {
    const { ok } = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return ok;
  } catch {
    return false;
  }
}
