import { readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { isPortFree } from '@beyond-headers/local-process';
import { ROOT } from '@beyond-headers/local-process/root';
import { PORTS } from '@beyond-headers/supervisor';
import { dockerState, ownPorts, projectContainers, projectVolumes, runDocker } from './probe-docker.ts';
import { kubernetesFact } from './probe-kubernetes.ts';
import { startedSystems } from './probe-start.ts';
import type { Facts, PortFact } from './facts.ts';
import type { Way } from './ways.ts';

/** The ports that Docker Compose publishes. */
const PUBLISHED = ['PLAYGROUND_PORT', 'WRITER_PORT', 'TRACES_PORT'];

/** Reads the state of the machine, and changes nothing. `env` is the shell's environment. */
export async function probe(env: NodeJS.ProcessEnv, way: Way = 'compose'): Promise<Facts> {
  const settings = { ...parseEnv(await readFile(join(ROOT, '.env'), 'utf8')), ...env };
  const { docker, rootDirectory } = await dockerState();
  const project = settings['COMPOSE_PROJECT_NAME'] || 'beyond-headers';
  const ours = docker.state === 'ready' ? await ownPorts(project) : [];
  const { systems, held } = await startedSystems();
  return {
    nodeVersion: /node\/v?(\S+)/.exec(env['npm_config_user_agent'] ?? '')?.[1],
    docker,
    composeVersion: (await runDocker('compose', 'version', '--short')).stdout.trim() || undefined,
    ports: await Promise.all(
      wantedPorts(way, settings).map(([name, port]) => portFact(name, port, { ours, held })),
    ),
    systems,
    // Only contacts a cluster if the demo is to run there: kubectl may point to any cluster.
    kubernetes: way === 'cluster' ? await kubernetesFact() : undefined,
    volumes: docker.state === 'ready' ? await projectVolumes(project) : [],
    containers: docker.state === 'ready' ? await projectContainers(project) : [],
    architecture: process.arch,
    cpuFlags: await cpuFlags(),
    freeDiskBytes: rootDirectory ? await freeBytes(rootDirectory) : undefined,
    settings: {
      profiles: (settings['COMPOSE_PROFILES'] ?? '').split(',').filter(Boolean),
      mongoImage: settings['MONGO_IMAGE'] ?? '',
      k3sCgroup: settings['K3S_CGROUP'] ?? '',
    },
  };
}

function wantedPorts(way: Way, settings: NodeJS.ProcessEnv): Array<[name: string, port: number]> {
  if (way === 'compose') return PUBLISHED.map((name) => [name, Number(settings[name])]);
  const wanted = Object.values(PORTS).map(({ variable, fallback }): [string, number] => [
    variable,
    Number(settings[variable]?.trim() || fallback),
  ]);
  // 0 means any free port.
  return wanted.filter(([, port]) => port > 0);
}

async function portFact(
  name: string,
  port: number,
  { ours, held }: { ours: number[]; held: number[] },
): Promise<PortFact> {
  if (ours.includes(port)) return { name, port, state: 'ours' };
  if (held.includes(port)) return { name, port, state: 'start' };
  return { name, port, state: (await isPortFree(port)) ? 'free' : 'taken' };
}

/** Returns the CPU flags of this machine. An engine in a virtual machine has at most these flags. */
async function cpuFlags(): Promise<string[] | undefined> {
  const text = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  return /^(?:flags|Features)\s*:(.*)$/m.exec(text)?.[1]?.trim().split(/\s+/);
}

async function freeBytes(path: string): Promise<number | undefined> {
  const found = await statfs(path).catch(() => undefined);
  return found && found.bavail * found.bsize;
}
