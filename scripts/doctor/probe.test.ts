import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import { findFreePort } from '@beyond-headers/local-process';
import { dockerState } from './probe-docker.ts';
import { announce } from '../../local/supervisor/src/running-system.ts';
import { takeRunDirectory } from '../../local/supervisor/src/run-directory.ts';
import { startedSystems } from './probe-start.ts';
import { probe } from './probe.ts';

let folder: string;
const path = process.env['PATH'];
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doctor-'));
});
after(async () => {
  process.env['PATH'] = path;
  await rm(folder, { recursive: true });
});

/** Makes a script the only program on the PATH, as `docker`. */
async function givenDocker(script: string): Promise<void> {
  await giveProgram('docker', script);
  process.env['PATH'] = folder;
}

async function giveProgram(name: string, script: string): Promise<void> {
  await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, name), 0o755);
}

test('without a docker command it is missing', async () => {
  process.env['PATH'] = join(folder, 'nowhere');
  assert.deepEqual((await dockerState()).docker, { state: 'missing' });
});

test('a refused socket is not taken for a dead engine', async () => {
  await givenDocker(
    'echo "permission denied while trying to connect to the Docker daemon socket" >&2; exit 1',
  );
  assert.deepEqual((await dockerState()).docker, { state: 'forbidden' });
  await givenDocker(`echo '{"ServerErrors":["Cannot connect to the Docker daemon"]}'; exit 1`);
  assert.deepEqual((await dockerState()).docker, {
    state: 'unreachable',
    message: 'Cannot connect to the Docker daemon',
  });
});

test('an engine is read from docker info', async () => {
  const info = {
    ServerVersion: '28.5.2',
    MemTotal: 1024,
    CgroupVersion: '2',
    SecurityOptions: ['name=seccomp,profile=builtin', 'name=rootless', 'name=userns'],
    OperatingSystem: 'OrbStack',
  };
  await givenDocker(`echo '${JSON.stringify(info)}'`);
  assert.deepEqual((await dockerState()).docker, {
    state: 'ready',
    engine: {
      version: '28.5.2',
      memoryBytes: 1024,
      cgroupVersion: '2',
      isRootless: true,
      remapsUsers: true,
      system: 'OrbStack',
    },
  });
});

test('a taken port is not taken for a free one', async () => {
  process.env['PATH'] = join(folder, 'nowhere');
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const env = { WRITER_PORT: String(port), PLAYGROUND_PORT: '0', TRACES_PORT: '0' };
  const stateOfWriter = async () =>
    (await probe(env)).ports.find(({ name }) => name === 'WRITER_PORT')?.state;
  assert.equal(await stateOfWriter(), 'taken');
  server.close();
  await once(server, 'close');
  assert.equal(await stateOfWriter(), 'free');
});

test("the shell's settings win over the file's", async () => {
  process.env['PATH'] = join(folder, 'nowhere');
  assert.deepEqual((await probe({})).settings.profiles, ['k3s']);
  assert.deepEqual((await probe({ COMPOSE_PROFILES: 'light' })).settings.profiles, ['light']);
});

test('ports, volumes and containers are those of the project', async () => {
  const port = await findFreePort();
  await givenDocker(`
    case "$*" in
      info*) echo '{"ServerVersion":"28.5.2"}' ;;
      'ps --all'*project=mine*) echo 0123 ;;
      inspect*0123) echo '/mine-writer-1 exited 1 5 unhealthy' ;;
      ps*project=mine*) echo '127.0.0.1:${port}->8081/tcp' ;;
      volume*project=mine*) echo mine_mongo-data ;;
    esac`);
  const env = { WRITER_PORT: String(port), PLAYGROUND_PORT: '0', TRACES_PORT: '0' };
  const mine = await probe({ ...env, COMPOSE_PROJECT_NAME: 'mine' });
  assert.equal(mine.ports.find(({ name }) => name === 'WRITER_PORT')?.state, 'ours');
  assert.deepEqual(mine.volumes, ['mine_mongo-data']);
  const writer = { name: 'mine-writer-1', state: 'exited', exitCode: 1, restarts: 5, health: 'unhealthy' };
  assert.deepEqual(mine.containers, [writer]);
  const usual = await probe(env);
  assert.equal(usual.ports.find(({ name }) => name === 'WRITER_PORT')?.state, 'free');
  assert.deepEqual(usual.volumes, []);
  assert.deepEqual(usual.containers, []);
});

test('a cluster is asked only when the demo is to run in it', async () => {
  const asked = join(folder, 'asked');
  await giveProgram('kubectl', `echo "$*" >> '${asked}'; echo kind-kind`);
  await givenDocker('exit 1');
  const env = { WRITER_PORT: '0', PLAYGROUND_PORT: '0', TRACES_PORT: '0' };
  for (const way of ['start', 'compose'] as const)
    assert.equal((await probe(env, way)).kubernetes, undefined, way);
  await assert.rejects(readFile(asked), { code: 'ENOENT' });
  const { kubernetes } = await probe(env, 'cluster');
  assert.deepEqual(kubernetes, { hasKubectl: true, hasTilt: false, context: 'kind-kind', answers: true });
});

test('the ports of a running system are known by its run directory', async (t) => {
  process.env['PATH'] = path;
  const runs = await mkdtemp(join(folder, 'runs-'));
  const run = await takeRunDirectory(runs, 'port-1');
  const { listening, url } = await answering(t);
  const addresses = {
    playground: url,
    writer: url,
    jobLauncher: 'http://127.0.0.1:1',
    traces: url,
    otlp: url,
  };
  await announce(
    run.path,
    { ...addresses, mongodb: 'mongodb://127.0.0.1:2', mongodbDatabase: 'x' },
    join(runs, 'env'),
  );
  const { systems, held } = await startedSystems(runs);
  assert.deepEqual(systems, [
    { pid: process.pid, playground: url, silent: ['jobLauncher at http://127.0.0.1:1'] },
  ]);
  assert.deepEqual(new Set(held), new Set([1, listening]));
  await run.release();
  assert.deepEqual((await startedSystems(runs)).systems, []);
});

/** Starts a server that reports readiness. */
async function answering(t: TestContext): Promise<{ listening: number; url: string }> {
  const server = createHttpServer((_request, response) => void response.end('{}')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const { port: listening } = server.address() as AddressInfo;
  return { listening, url: `http://127.0.0.1:${listening}` };
}
