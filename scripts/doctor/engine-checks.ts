import type { DockerState, Facts } from './facts.ts';
import { clusterOf, engineOf, error, type Finding, GIB, isOlder, LIGHT } from './finding.ts';

// The first version that supports `start_interval` in a healthcheck.
const OLDEST_ENGINE = '25.0.0';
// The first version that supports `required: false` for a dependency, and the interpolation in `.env`.
const OLDEST_COMPOSE = '2.24.0';
const INSTALL = 'https://docs.docker.com/engine/install';
const MEMORY_BYTES = { light: 1.5 * GIB, k3s: 3.5 * GIB };
const DISK_BYTES = { light: 3 * GIB, k3s: 5 * GIB };

export function docker(facts: Facts): Finding | undefined {
  return facts.docker.state === 'ready' ? tooOld(facts.docker.engine.version) : outOfReach(facts.docker);
}

function outOfReach(docker: Exclude<DockerState, { state: 'ready' }>): Finding {
  if (docker.state === 'missing') {
    return error('There is no `docker` command.', `Install it: ${INSTALL}, or run without Docker: npm start`);
  }
  if (docker.state === 'forbidden') {
    return error(
      'The Docker engine runs, but this user may not open its socket.',
      'sudo usermod -aG docker "$USER", then log in again',
    );
  }
  return error(
    `No Docker engine answers: ${docker.message}`,
    'Start it (Docker Desktop, or sudo systemctl start docker); docker context ls shows where docker looks for it',
  );
}

function tooOld(version: string): Finding | undefined {
  if (!isOlder(version, OLDEST_ENGINE)) return undefined;
  return error(
    `The Docker engine is ${version}; expected ${OLDEST_ENGINE} or later.`,
    `Update it: ${INSTALL}`,
  );
}

export function compose({ docker, composeVersion }: Facts): Finding | undefined {
  if (docker.state === 'missing') return undefined;
  const next = 'Install the plugin: https://docs.docker.com/compose/install/linux';
  if (!composeVersion)
    return error('There is no `docker compose` (version 1, `docker-compose`, is not enough).', next);
  if (!isOlder(composeVersion, OLDEST_COMPOSE)) return undefined;
  return error(`Compose is ${composeVersion}; expected ${OLDEST_COMPOSE} or later.`, next);
}

export function memory(facts: Facts): Finding | undefined {
  const engine = engineOf(facts);
  const wanted = MEMORY_BYTES[clusterOf(facts)];
  if (!engine || engine.memoryBytes >= wanted) return undefined;
  const cause = `The Docker engine has ${inGib(engine.memoryBytes)} of memory; expected ${inGib(wanted)} with ${clusterOf(facts)}.`;
  const other = engine.memoryBytes >= MEMORY_BYTES.light ? `k3s: ${LIGHT}` : 'Docker: npm start';
  return error(cause, `Give it more (Docker Desktop: Settings, Resources), or run without ${other}`);
}

export function disk(facts: Facts): Finding | undefined {
  const wanted = DISK_BYTES[clusterOf(facts)];
  if (facts.freeDiskBytes === undefined || facts.freeDiskBytes >= wanted) return undefined;
  return error(
    `The Docker engine has ${inGib(facts.freeDiskBytes)} of disk left; expected ${inGib(wanted)}.`,
    'See what takes space: docker system df. Then delete it: docker system prune',
  );
}

const inGib = (bytes: number): string => `${(bytes / GIB).toFixed(1)} GiB`;
