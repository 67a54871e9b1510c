import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { SERVICES as DATABASE_USERS } from '../../docker/mongo/services.ts';
import { localProcesses } from '../../local/supervisor/src/processes.ts';
import { PORTS, type Ports } from '../../local/supervisor/src/ports.ts';
import { SERVICES as DESCRIBED } from '../reference/http/services.ts';

/* What a new service is easily half of: docs/how-to/add-a-service.md. */

const ROOT = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const services = globSync('services/*/package.json', { cwd: ROOT }).map((path) => path.split('/')[1] ?? '');

/** Run as a Job by the launcher, and so started by nobody else. */
const RUN_AS_JOBS = ['report-job'];
const started = services.filter((name) => !RUN_AS_JOBS.includes(name));

interface Compose {
  services: Record<string, { build?: { target?: string }; volumes?: string[] }>;
  volumes: Record<string, unknown>;
}
const compose = parse(read('docker-compose.yml'), { merge: true }) as Compose;
const dockerfile = read('Dockerfile');

const missing = (names: string[], isThere: (name: string) => boolean): string[] =>
  names.filter((name) => !isThere(name));

test('every folder in services is a service', () => {
  const folders = globSync('services/*/', { cwd: ROOT }).map((path) => path.split('/')[1] ?? '');
  assert.deepEqual(folders.toSorted(), services.toSorted());
  assert.ok(RUN_AS_JOBS.every((name) => services.includes(name)));
});

for (const file of ['main.ts', 'config.ts', 'README.md']) {
  test(`every service has its ${file}`, () => {
    assert.deepEqual(
      missing(services, (name) => existsSync(join(ROOT, 'services', name, file))),
      [],
    );
  });
}

test('every service is a target of the Dockerfile', () => {
  assert.deepEqual(
    missing(services, (name) => new RegExp(`^FROM \\S+ AS ${name}$`, 'm').test(dockerfile)),
    [],
  );
});

test('every image is looked into by the test of images', () => {
  const source = read('tests/compose/images.test.ts');
  assert.deepEqual(
    missing(services, (name) => source.includes(`'${name}'`)),
    [],
  );
});

test('every image is built and scanned by the workflow', () => {
  const { jobs } = parse(read('.github/workflows/ci.yml')) as {
    jobs: { images: { strategy: { matrix: { target: string[] } } } };
  };
  assert.deepEqual(
    missing(services, (name) => jobs.images.strategy.matrix.target.includes(name)),
    [],
  );
});

test('every service runs in compose', () => {
  assert.deepEqual(
    missing(started, (name) => compose.services[name]?.build?.target === name),
    [],
  );
});

test('every service runs with npm start, as a process or as an image of the cluster', () => {
  const processes = localProcesses({
    ports: somePorts(),
    mongodbUri: 'mongodb://127.0.0.1/',
    mongodbDatabase: 'orders',
    kubeconfig: 'none',
    journals: 'none',
  });
  const images = processes.find(({ name }) => name === 'cluster')?.env['CLUSTER_IMAGES'] ?? '';
  assert.deepEqual(
    missing(started, (name) => processes.some((process) => process.name === name)),
    [],
  );
  assert.deepEqual(
    missing(RUN_AS_JOBS, (name) => images.includes(`"${name}:local"`)),
    [],
  );
});

test('every service has its manifests, a Deployment among them if it is started', () => {
  const { resources } = parse(read('k8s/base/kustomization.yaml')) as { resources: string[] };
  assert.deepEqual(
    missing(services, (name) => resources.includes(name)),
    [],
  );
  assert.deepEqual(
    missing(started, (name) => existsSync(join(ROOT, 'k8s/base', name, 'deployment.yaml'))),
    [],
  );
});

test('every service that uses MongoDB has a user, a volume and a folder for its password', () => {
  const users = services.filter((name) => 'mongodb' in dependenciesOf(name));
  assert.ok(users.length > 0);
  assert.deepEqual(
    missing(users, (name) => DATABASE_USERS.some((user) => user.name === name)),
    [],
  );
  assert.deepEqual(
    missing(users, (name) => `mongo-${name}` in compose.volumes),
    [],
  );
  assert.deepEqual(
    missing(users, (name) => dockerfile.includes(`/tools/credentials/${name}`)),
    [],
  );
});

test('every service that speaks HTTP is in the reference', () => {
  const speaking = services.filter((name) => existsSync(join(ROOT, 'services', name, 'app.ts')));
  assert.deepEqual(
    missing(speaking, (name) => DESCRIBED.some(({ document }) => document.info.title === name)),
    [],
  );
});

test('every service is named in the README', () => {
  assert.deepEqual(
    missing(services, (name) => /^\| `services` .*$/m.exec(read('README.md'))?.[0].includes(name) ?? false),
    [],
  );
});

function dependenciesOf(service: string): Record<string, string> {
  const manifest = JSON.parse(read(`services/${service}/package.json`)) as {
    dependencies?: Record<string, string>;
  };
  return manifest.dependencies ?? {};
}

function somePorts(): Ports {
  return Object.fromEntries(Object.keys(PORTS).map((name) => [name, 1])) as Ports;
}
