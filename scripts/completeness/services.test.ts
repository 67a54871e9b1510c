import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ServiceDescription } from '@beyond-headers/service-kit/service';
import { parse } from 'yaml';
import { SERVICES } from '../../services/all-services.ts';
import { LASTING } from '../../services/services.ts';
import { find, isThere, read } from '../project-files.ts';

/* Checks the places that name a new service: docs/how-to/add-a-service.md. Tests in tests/conformance/manifests compare their content. */

const lasting: readonly ServiceDescription[] = Object.values(LASTING);
const ofMongo = SERVICES.filter(({ needs }) => needs.mongodb);

const compose = parse(read('docker-compose.yml'), { merge: true }) as {
  services: Record<string, { build?: { target?: string } }>;
  volumes: Record<string, unknown>;
};
const dockerfile = read('Dockerfile');

function missing(services: readonly ServiceDescription[], isThere: (name: string) => boolean): string[] {
  return services.map(({ name }) => name).filter((name) => !isThere(name));
}

test('every folder in services is in the list, under its own name', () => {
  const folders = find('services/*/').map((path) => path.split('/')[1] ?? '');
  assert.deepEqual(SERVICES.map(({ name }) => name).toSorted(), folders.toSorted());
});

for (const file of ['package.json', 'service.ts', 'config.ts', 'main.ts', 'README.md'])
  test(`every service has its ${file}`, () => {
    assert.deepEqual(
      missing(SERVICES, (name) => isThere(`services/${name}/${file}`)),
      [],
    );
  });

for (const file of ['api.ts', 'app.ts'])
  test(`every service that takes requests has its ${file}`, () => {
    assert.deepEqual(
      missing(lasting, (name) => isThere(`services/${name}/${file}`)),
      [],
    );
  });

test('each user of MongoDB says which rights it needs there', () => {
  const users = SERVICES.map(({ name }) => name).filter((name) => 'mongodb' in dependenciesOf(name));
  assert.deepEqual(
    ofMongo.map(({ name }) => name),
    users,
  );
});

test('every service is a target of the Dockerfile', () => {
  assert.deepEqual(
    missing(SERVICES, (name) => new RegExp(`^FROM \\S+ AS ${name}$`, 'm').test(dockerfile)),
    [],
  );
});

test('every service that lasts runs in compose', () => {
  assert.deepEqual(
    missing(lasting, (name) => compose.services[name]?.build?.target === name),
    [],
  );
});

test('every service that uses MongoDB has its password in containers', () => {
  assert.deepEqual(
    missing(ofMongo, (name) => `mongo-${name}` in compose.volumes),
    [],
  );
  assert.deepEqual(
    missing(ofMongo, (name) => dockerfile.includes(`/tools/credentials/${name}`)),
    [],
  );
});

test('the how-to names every file that is written by hand', () => {
  const page = read('docs/how-to/add-a-service.md');
  const places = Array.from(page.matchAll(/^ *(\d+)\. `([^`]+)`/gm), ([, number, path = '']) => ({
    number,
    path,
  }));
  assert.ok(places.length >= 10 && places.length <= 20, `${places.length} places`);
  assert.deepEqual(
    places.map(({ number }) => Number(number)),
    places.map((_, index) => index + 1),
  );
  assert.deepEqual(
    places.map(({ path }) => path.replace('<name>', 'writer')).filter((path) => !isThere(path)),
    [],
  );
});

function dependenciesOf(service: string): Record<string, string> {
  const manifest = JSON.parse(read(`services/${service}/package.json`)) as {
    dependencies?: Record<string, string>;
  };
  return manifest.dependencies ?? {};
}

test('only what starts a service knows of the demo: what people copy is free of it', () => {
  const services = 'services/{writer,poller,job-launcher,report-job}/**/*.{ts,mjs}';
  const knowing = find(services)
    .filter((path) => !/\/demo\/|\/(main|config)\.ts$|\.test\.ts$/.test(path))
    .filter((path) => /demo/i.test(read(path)));
  assert.deepEqual(knowing, []);
});
