import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IN_DEMO, JOBS } from '../../services/services.ts';
import { readStages } from '../support/dockerfile.ts';
import { readText } from '../support/run.ts';
import { composeConfig, type ServiceConfig } from './support/compose-config.ts';

/** The only privileged container: a Kubernetes node, which creates containers itself. */
const NODE = 'k3s';
const USERS = IN_DEMO.filter(({ needs }) => needs.mongodb).map(({ name }) => name);
const JOB_NAMES: readonly string[] = Object.values(JOBS).map(({ name }) => name);
const TIB = 2 ** 40;
const SECRET_NAME = /PASS|PWD|SECRET|TOKEN|CREDENTIAL|KEY$|URI$/i;
const SECRET_VALUE = /\/\/[^/]*:[^/]*@|--?(?:password|token)\b/i;

const { config, warnings } = await composeConfig();
const stages = readStages(await readText('Dockerfile'));

const services = () => Object.entries(config.services);
const hardened = () => services().filter(([name]) => name !== NODE);
const isOneShot = ([, { restart }]: [string, ServiceConfig]) => restart === 'no';

/** Returns the names of the services for which the condition is false. */
function except(list: Array<[string, ServiceConfig]>, holds: (service: ServiceConfig) => unknown): string[] {
  return list.filter(([, service]) => !holds(service)).map(([name]) => name);
}

const dropsAll = ({ cap_drop, cap_add }: ServiceConfig) => cap_drop?.includes('ALL') && !cap_add?.length;

const isApart = ({ network_mode, pid, ipc, devices }: ServiceConfig) =>
  ![network_mode, pid, ipc].includes('host') && !devices;

const isNamed = ({ user, build }: ServiceConfig) =>
  /^[1-9]\d*:[1-9]\d*$/.test(user ?? '') || userOf(build?.target ?? '');

const isLimited = ({ mem_limit }: ServiceConfig) => Number(mem_limit) > 0 && Number(mem_limit) < TIB;

const isWatched = ({ healthcheck: { test = ['NONE'], disable } = {} }: ServiceConfig) =>
  test[0] !== 'NONE' && !disable;

const isStrict = ({ depends_on = {} }: ServiceConfig) =>
  Object.values(depends_on).every(({ condition }) => condition !== 'service_started');

const isFixed = ({ image, build }: ServiceConfig) => build || /:[^:/]*\d/.test(image ?? '');

test('Compose warns of nothing', () => {
  assert.equal(warnings, '');
  assert.equal(config.version, undefined);
});

test('only the Kubernetes node is privileged', () => {
  assert.deepEqual(
    except(services(), ({ privileged }) => !privileged),
    [NODE],
  );
});

test('no service but the node has a capability', () => {
  assert.deepEqual(except(hardened(), dropsAll), []);
  assert.deepEqual(
    except(hardened(), ({ security_opt }) => security_opt?.includes('no-new-privileges:true')),
    [],
  );
});

test('root file systems are read-only', () => {
  assert.deepEqual(
    except(hardened(), ({ read_only }) => read_only),
    [],
  );
});

test('nothing of the host is mounted or shared', () => {
  assert.deepEqual(
    except(services(), ({ volumes = [] }) => volumes.every(({ type }) => type === 'volume')),
    [],
  );
  assert.deepEqual(except(services(), isApart), []);
});

test('a volume is written to by whom it belongs to', () => {
  const written = services().flatMap(([name, { volumes = [] }]) =>
    volumes.filter(({ read_only }) => !read_only).map(({ source }) => `${name}: ${source}`),
  );
  assert.deepEqual(
    written.toSorted(),
    [
      'k3s-init: kubeconfig',
      'k3s: k3s-admin',
      'k3s: k3s-kubelet',
      'k3s: k3s-state',
      'light-cluster: kubeconfig',
      'mongo-init: mongo-root',
      ...USERS.map((name) => `mongo-init: mongo-${name}`),
      'mongo: mongo-data',
    ].toSorted(),
  );
});

test('a password is given to the service that it is for', () => {
  const given = services().flatMap(([name, { volumes = [] }]) =>
    volumes
      .filter(({ read_only, source }) => read_only && source.startsWith('mongo-'))
      .map(({ source }) => `${name}: ${source}`),
  );
  assert.deepEqual(
    given.toSorted(),
    [
      'k3s-init: mongo-report-job',
      'light-cluster: mongo-report-job',
      ...USERS.filter((name) => !JOB_NAMES.includes(name)).map((name) => `${name}: mongo-${name}`),
    ].toSorted(),
  );
});

test('no service but the node runs as root', () => {
  assert.deepEqual(except(hardened(), isNamed), []);
});

/** Returns the last USER of a target or of the stages that it builds on, unless it is root. */
function userOf(target: string): string | undefined {
  const stage = stages.get(target);
  if (!stage) return undefined;
  const user = [...stage.body.matchAll(/^USER (\S+)/gm)].at(-1)?.[1];
  if (!user) return userOf(stage.base);
  return /^(0|root)\b/.test(user) ? undefined : user;
}

test('no environment or command contains a secret', () => {
  const secrets = services().flatMap(([name, { environment = {}, command, entrypoint }]) =>
    [...Object.entries(environment), ['command', [entrypoint, command].flat().join(' ')] as const]
      .filter(([key, value]) => SECRET_NAME.test(key) || SECRET_VALUE.test(value ?? ''))
      .map(([key]) => `${name}: ${key}`),
  );
  // This is the name of a Secret, not its content.
  assert.deepEqual(secrets, ['job-launcher: JOB_MONGODB_SECRET']);
});

test('publishes ports only on this machine', () => {
  const published = services().flatMap(([name, { ports = [] }]) =>
    ports.map(({ host_ip, target }) => `${name}: ${host_ip}, ${target}`),
  );
  assert.deepEqual(published.toSorted(), [
    'grafana: 127.0.0.1, 3000',
    'jaeger: 127.0.0.1, 16686',
    'light-cluster: 127.0.0.1, 8084',
    'playground: 127.0.0.1, 8080',
    'writer: 127.0.0.1, 8081',
  ]);
});

test('a profile replaces the one of .env', async () => {
  const names = Object.keys((await composeConfig({ COMPOSE_PROFILES: 'k3s' }, 'light')).config.services);
  assert.ok(names.includes('light-cluster'));
  assert.ok(!names.includes('k3s'), names.join());
});

test('ports follow the environment', async () => {
  const moved = await composeConfig({ WRITER_PORT: '19081', TRACES_PORT: '19686' });
  assert.equal(moved.config.services['writer']?.ports?.[0]?.published, '19081');
  assert.equal(moved.config.services['writer']?.environment?.['TRACES_URL'], 'http://127.0.0.1:19686');
});

test('whatever runs on is watched, limited and restarted', () => {
  const lasting = services().filter((service) => !isOneShot(service));
  assert.deepEqual(except(lasting, isWatched), []);
  assert.deepEqual(
    except(lasting, ({ restart }) => restart === 'unless-stopped'),
    [],
  );
  assert.deepEqual(except(services(), isLimited), []);
  assert.deepEqual(
    except(services(), ({ logging }) => logging?.options?.['max-size']),
    [],
  );
});

test('a service waits for health or completion', () => {
  assert.deepEqual(except(services(), isStrict), []);
});

test('images have a fixed tag and containers no name', () => {
  assert.deepEqual(except(services(), isFixed), []);
  assert.deepEqual(
    except(services(), ({ container_name }) => container_name === undefined),
    [],
  );
});

test('tags of base images are in .env alone', async () => {
  const files = await Promise.all(['Dockerfile', 'docker-compose.yml'].map(readText));
  const text = files.join('\n').replaceAll(/^#.*$/gm, '');
  assert.deepEqual(text.match(/(node|mongo|jaeger|k3s|pause|prometheus|grafana):v?\d+\.\S*/g), null);
});
