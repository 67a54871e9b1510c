import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { banner, PORTS, startLocalSystem, type LocalSystem } from '@beyond-headers/supervisor';
import type { Way } from './info-string.ts';

export const BASES = ['local', 'compose', 'cluster'] as const;
export type BaseName = (typeof BASES)[number];

/** A running system on which the commands of a page run. */
export interface Base {
  way: Way;
  /** The output of `npm start`. Undefined if the test didn't start the system. */
  banner?: string;
  /** Replaces the addresses and files in the documents by those of this system. */
  toActual: (command: string) => string;
  /** Does the reverse, for printed output. */
  toDocumented: (output: string) => string;
  has: (program: string) => boolean;
  stop: () => Promise<void>;
}

/** The file to which this run's system writes its MongoDB address, so that it doesn't overwrite that of another system. */
const ENV_FILE = join('.local', `env-${process.pid}`);

/** A text in the documents, and its replacement for this system. */
type Pair = readonly [documented: string, actual: string];

/** Starts a local system, or uses a running one in containers or in a cluster, with addresses from the environment. */
export async function openBase(name: BaseName, env: NodeJS.ProcessEnv = process.env): Promise<Base> {
  if (name === 'local') {
    const startedAt = Date.now();
    const system = await startLocalSystem({ envFile: join(ROOT, ENV_FILE) });
    return localBase(system, Date.now() - startedAt);
  }
  const way = name === 'cluster' ? 'cluster' : env['COMPOSE_PROFILES']?.includes('light') ? 'light' : 'k3s';
  const pairs = [
    pairOf(PORTS.playground.fallback, env['PLAYGROUND_URL']),
    pairOf(PORTS.writer.fallback, env['WRITER_URL']),
    pairOf(PORTS.traces.fallback, env['TRACES_URL']),
  ];
  return { way, ...substitution(pairs), has: (program) => hasProgram(program, way), stop: async () => {} };
}

function localBase(system: LocalSystem, startedInMs: number): Base {
  const workFolder = join('.local', `tutorial-${process.pid}`);
  const ports = Object.entries(PORTS).filter(([, { fallback }]) => fallback > 0);
  const { writer, jobLauncher, traces } = system.urls;
  const pairs: Pair[] = [
    // The commands that the banner prints for a system on other ports than the default ones.
    ['npm run scenario', `WRITER_URL=${writer} TRACES_URL=${traces} npm run scenario`],
    [
      'npm run -s why',
      `WRITER_URL=${writer} JOB_LAUNCHER_URL=${jobLauncher} TRACES_URL=${traces} npm run -s why`,
    ],
    ['.local/kubeconfig', relative(ROOT, system.kubeconfig)],
    ['.local/env', ENV_FILE],
    // Keeps the reader's own work unchanged.
    ['.local/tutorial', workFolder],
    ...ports.map(([name, { fallback }]) =>
      pairOf(fallback, String(system.ports[name as keyof typeof PORTS])),
    ),
  ];
  const texts = substitution(pairs);
  return {
    way: 'local',
    banner: texts.toDocumented(banner(system, startedInMs).trim()),
    ...texts,
    has: (program) => hasProgram(program, 'local'),
    stop: async () => {
      await system.stop();
      rmSync(join(ROOT, workFolder), { recursive: true, force: true });
    },
  };
}

function pairOf(documentedPort: number, actual = String(documentedPort)): Pair {
  const host = URL.canParse(actual) ? new URL(actual).host : `127.0.0.1:${actual}`;
  return [`127.0.0.1:${documentedPort}`, host];
}

function substitution(pairs: readonly Pair[]): Pick<Base, 'toActual' | 'toDocumented'> {
  return {
    toActual: (command) => replaceAll(command, pairs),
    toDocumented: (output) =>
      replaceAll(
        output,
        pairs.map(([documented, actual]) => [actual, documented] as const),
      ),
  };
}

/** Replaces all pairs in one pass, because a replacement may equal another documented port. */
function replaceAll(text: string, pairs: readonly Pair[]): string {
  const ends = pairs.map(([from]) => `${from.replaceAll('.', '\\.')}(?!\\d)`);
  const values = new Map(pairs);
  return text.replaceAll(new RegExp(ends.join('|'), 'g'), (found) => values.get(found) ?? found);
}

function hasProgram(program: string, way: Way): boolean {
  // The documents run kubectl inside the container.
  if (program === 'kubectl' && way === 'k3s') return true;
  return spawnSync('which', [program], { stdio: 'ignore' }).status === 0;
}
