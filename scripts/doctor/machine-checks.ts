import type { Facts } from './facts.ts';
import { error, type Finding, isOlder } from './finding.ts';

const OLDEST_NODE = '20.0.0';

export function node({ nodeVersion }: Facts): Finding | undefined {
  if (!nodeVersion || !isOlder(nodeVersion, OLDEST_NODE)) return undefined;
  return error(
    `Node.js is ${nodeVersion}; npm scripts need 20 or later.`,
    'Install a current one: https://nodejs.org/en/download',
  );
}

export function ports({ ports }: Facts): Finding[] {
  return ports.flatMap((fact) => {
    const { name, port, state } = fact;
    const other = `or take another port: ${name}=${port + 1000} docker compose up --build --wait`;
    if (state === 'taken')
      return error(`Port ${port} of 127.0.0.1 is taken by another program.`, `End that, ${other}`);
    if (state === 'start')
      return error(
        `Port ${port} of 127.0.0.1 is held by npm start, which runs here.`,
        `Stop it with Ctrl-C, ${other}`,
      );
    return [];
  });
}

/** CPU features that MongoDB 5 and later requires: https://www.mongodb.com/docs/manual/administration/production-notes/ */
const NEEDED: Record<string, { flag: string; name: string }> = {
  x64: { flag: 'avx', name: 'AVX' },
  // Every ARMv8.2-A CPU has this flag, and no earlier CPU does.
  arm64: { flag: 'dcpop', name: 'ARMv8.2-A' },
};

export function processor({ architecture, cpuFlags, settings }: Facts): Finding | undefined {
  const needed = NEEDED[architecture];
  const major = Number(/:(\d+)/.exec(settings.mongoImage)?.[1] ?? 0);
  if (!needed || !cpuFlags || cpuFlags.includes(needed.flag) || major < 5) return undefined;
  return error(
    `The processor has no ${needed.name}, and ${settings.mongoImage} does not start without it (exit code 132). Virtual machines often hide it.`,
    "Give the virtual machine the host's processor type, or use your own MongoDB: MONGODB_URI=… npm start",
  );
}
