import type { Facts } from './facts.ts';
import { error, type Finding } from './finding.ts';

/** Reports ports that are taken, unless a system of `npm start` already runs. */
export function startPorts({ ports, systems }: Facts): Finding[] {
  if (systems.length > 0) return [];
  return ports
    .filter(({ state }) => state === 'taken' || state === 'ours')
    .map(({ name, port, state }) => {
      const holder = state === 'ours' ? 'the demo in Docker' : 'another program';
      return error(
        `Port ${port} of 127.0.0.1 is taken by ${holder}.`,
        `End that, or take a free port: ${name}=0 npm start`,
      );
    });
}

/** Reports parts that hang. A part that ends isn't reported, because the whole system ends with it. */
export function silentParts({ systems }: Facts): Finding[] {
  return systems.flatMap(({ pid, silent }) =>
    silent.map((part) =>
      error(
        `Of the system of npm start with pid ${pid}, this is not ready: ${part}.`,
        'Look for its lines in the terminal of npm start, or start it again: Ctrl-C, then npm start',
      ),
    ),
  );
}
