import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContainerFact, Engine, Facts } from './facts.ts';
import { findingsOf } from './findings.ts';
import { conclusionOf } from './report.ts';
import type { Way } from './ways.ts';

const GIB = 2 ** 30;

const engine: Engine = {
  version: '28.5.2+dfsg4',
  memoryBytes: 8 * GIB,
  cgroupVersion: '2',
  isRootless: false,
  remapsUsers: false,
  system: 'Debian GNU/Linux 12 (bookworm)',
};

const kubernetes = { hasKubectl: true, hasTilt: true, context: 'kind-kind', answers: true };

const healthy: Facts = {
  nodeVersion: '20.11.1',
  docker: { state: 'ready', engine },
  composeVersion: '2.40.3-3',
  ports: [{ name: 'WRITER_PORT', port: 8081, state: 'free' }],
  systems: [],
  kubernetes,
  volumes: [],
  containers: [],
  architecture: 'x64',
  cpuFlags: ['sse2', 'avx'],
  freeDiskBytes: 20 * GIB,
  settings: { profiles: ['k3s'], mongoImage: 'mongo:8.0', k3sCgroup: 'private' },
};

const withEngine = (changes: Partial<Engine>): Facts => ({
  ...healthy,
  docker: { state: 'ready', engine: { ...engine, ...changes } },
});
const light = { ...healthy.settings, profiles: ['light'] };

test('a healthy machine has no finding', () => {
  assert.deepEqual(findingsOf(healthy), []);
});

test('what could not be found out is not a finding', () => {
  const facts = { ...healthy, nodeVersion: undefined, cpuFlags: undefined, freeDiskBytes: undefined };
  assert.deepEqual(findingsOf(facts), []);
});

test('a version that leaves out its last number is not older', () => {
  assert.deepEqual(findingsOf({ ...withEngine({ version: '25.0' }), composeVersion: '2.24' }), []);
});

test('our own running containers hold their ports', () => {
  const ports = [{ name: 'WRITER_PORT', port: 8081, state: 'ours' as const }];
  assert.deepEqual(findingsOf({ ...healthy, ports, volumes: ['p_mongo-data', 'p_mongo-root'] }), []);
});

const container = { name: 'p-writer-1', state: 'running', exitCode: 0, restarts: 0, health: 'healthy' };
const withContainer = (changes: Partial<ContainerFact>): Facts => ({
  ...healthy,
  containers: [{ ...container, ...changes }],
});

test('a container that runs, is done, was stopped or waits is not a finding', () => {
  for (const changes of [
    { restarts: 3 },
    { state: 'exited', health: '' },
    { state: 'exited', exitCode: 143, health: 'unhealthy' },
    { state: 'created', health: 'starting' },
    { health: 'starting' },
  ]) {
    assert.deepEqual(findingsOf(withContainer(changes)), [], JSON.stringify(changes));
  }
});

const FAILURES: Array<[what: string, facts: Facts, cause: RegExp, next: RegExp]> = [
  ['an old Node', { ...healthy, nodeVersion: '18.20.4' }, /Node\.js is 18\.20\.4/, /nodejs\.org/],
  ['no docker command', { ...healthy, docker: { state: 'missing' } }, /no `docker` command/, /npm start/],
  [
    'an engine that does not answer',
    { ...healthy, docker: { state: 'unreachable', message: 'Cannot connect to the Docker daemon' } },
    /No Docker engine answers: Cannot connect/,
    /docker context ls/,
  ],
  [
    'a socket of others',
    { ...healthy, docker: { state: 'forbidden' } },
    /this user may not open/,
    /usermod -aG docker/,
  ],
  ['an old engine', withEngine({ version: '20.10.24' }), /engine is 20\.10\.24/, /Update it/],
  ['no Compose', { ...healthy, composeVersion: undefined }, /no `docker compose`/, /Install the plugin/],
  ['an old Compose', { ...healthy, composeVersion: '2.5.0' }, /Compose is 2\.5\.0/, /Install the plugin/],
  [
    'little memory',
    withEngine({ memoryBytes: 2 * GIB }),
    /2\.0 GiB of memory; expected 3\.5 GiB/,
    /--profile light/,
  ],
  ['hardly any memory', withEngine({ memoryBytes: GIB }), /1\.0 GiB of memory/, /npm start/],
  [
    'a full disk',
    { ...healthy, freeDiskBytes: GIB },
    /1\.0 GiB of disk left; expected 5\.0/,
    /docker system df/,
  ],
  [
    'a taken port',
    { ...healthy, ports: [{ name: 'WRITER_PORT', port: 8081, state: 'taken' }] },
    /Port 8081/,
    /WRITER_PORT=9081 docker compose up/,
  ],
  [
    'an old ARM',
    { ...healthy, architecture: 'arm64', cpuFlags: ['fp', 'asimd', 'crc32'] },
    /no ARMv8\.2-A.*mongo:8\.0/,
    /processor type/,
  ],
  ['a processor without AVX', { ...healthy, cpuFlags: ['sse2'] }, /no AVX.*mongo:8\.0/, /processor type/],
  ['a rootless engine', withEngine({ isRootless: true }), /rootless/, /--profile light/],
  ['an engine that maps users', withEngine({ remapsUsers: true }), /userns-remap/, /--profile light/],
  [
    'no cluster at all',
    { ...healthy, settings: { ...healthy.settings, profiles: [] } },
    /COMPOSE_PROFILES is nothing.*no cluster/,
    /unset COMPOSE_PROFILES/,
  ],
  [
    'two clusters at once',
    { ...healthy, settings: { ...healthy.settings, profiles: ['k3s', 'light'] } },
    /COMPOSE_PROFILES is k3s,light.*two clusters/,
    /unset COMPOSE_PROFILES/,
  ],
  [
    'a cgroup setting that k3s does not start with',
    withEngine({ system: 'Docker Desktop', version: '29.1.0' }),
    /Docker Desktop.*cgroup private/,
    /K3S_CGROUP=host/,
  ],
  [
    'orders whose passwords are gone',
    { ...healthy, volumes: ['p_mongo-data'] },
    /passwords/,
    /down --volumes/,
  ],
  [
    'a container that ended with an error',
    withContainer({ state: 'exited', exitCode: 1 }),
    /p-writer-1 ended with exit code 1/,
    /docker logs .* p-writer-1/,
  ],
  [
    'a container that dies at each start',
    withContainer({ restarts: 4, health: 'starting' }),
    /p-writer-1 ends each time/,
    /docker logs/,
  ],
  [
    'a container that is not well',
    withContainer({ health: 'unhealthy' }),
    /p-writer-1 .*unhealthy/,
    /docker logs/,
  ],
  ['half of the volumes of k3s', { ...healthy, volumes: ['p_k3s-state'] }, /k3s's volumes/, /down --volumes/],
];

for (const [what, facts, cause, next] of FAILURES) {
  test(`${what} is named with the next command`, () => {
    const findings = findingsOf(facts);
    assert.equal(findings.length, 1, JSON.stringify(findings));
    assert.match(findings[0]?.cause ?? '', cause);
    assert.match(findings[0]?.next ?? '', next);
  });
}

test('without k3s less is asked for', () => {
  const small = { ...withEngine({ memoryBytes: 2 * GIB, isRootless: true }), freeDiskBytes: 4 * GIB };
  assert.deepEqual(findingsOf({ ...small, settings: light }), []);
});

test('an old MongoDB needs no AVX', () => {
  const settings = { ...healthy.settings, mongoImage: 'mongo:4.4' };
  assert.deepEqual(findingsOf({ ...healthy, cpuFlags: [], settings }), []);
});

const system = { pid: 42, playground: 'http://127.0.0.1:8080', silent: [] };
const causes = (facts: Facts, way: Way) => findingsOf(facts, way).map(({ cause }) => cause);

test('the ports of a running npm start are its own, and stand in the way of Docker', () => {
  const facts = {
    ...healthy,
    systems: [system],
    ports: [{ name: 'WRITER_PORT', port: 8081, state: 'start' as const }],
  };
  assert.deepEqual(causes(facts, 'start'), []);
  assert.deepEqual(causes(facts, 'compose'), [
    'Port 8081 of 127.0.0.1 is held by npm start, which runs here.',
  ]);
});

const at = (state: 'taken' | 'ours') => ({
  ...healthy,
  ports: [{ name: 'WRITER_PORT', port: 8081, state }],
});

test('a port that npm start wants is free or has another holder', () => {
  assert.deepEqual(causes(at('taken'), 'start'), ['Port 8081 of 127.0.0.1 is taken by another program.']);
  assert.deepEqual(causes(at('ours'), 'start'), ['Port 8081 of 127.0.0.1 is taken by the demo in Docker.']);
});

test('npm start needs no Docker, and Tilt needs a cluster', () => {
  assert.deepEqual(causes({ ...healthy, docker: { state: 'missing' } }, 'start'), []);
  const none = { ...kubernetes, hasKubectl: false, hasTilt: false, context: undefined, answers: false };
  assert.deepEqual(causes({ ...healthy, kubernetes: none }, 'cluster'), [
    'There is no `kubectl` command.',
    'There is no `tilt` command.',
  ]);
  assert.deepEqual(causes({ ...healthy, kubernetes: { ...kubernetes, answers: false } }, 'cluster'), [
    'No cluster answers at the context kind-kind of kubectl.',
  ]);
});

test('a part of npm start that does not answer is named', () => {
  const facts = { ...healthy, systems: [{ ...system, silent: ['poller at http://127.0.0.1:8082'] }] };
  assert.match(
    causes(facts, 'start').join(),
    /pid 42, this is not ready: poller at http:\/\/127\.0\.0\.1:8082/,
  );
});

test('where nothing is wrong a missing trace leads to its diagnosis', () => {
  for (const way of ['start', 'compose', 'cluster'] as const)
    assert.match(conclusionOf(healthy, way), /npm run why -- ORDER$/);
  assert.match(conclusionOf({ ...healthy, systems: [system] }, 'start'), /^✔ npm start runs, pid 42: http/);
});
