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

test('every folder in services is in the list, under its own name', () => {
  const folders = find('services/*/').map((path) => path.split('/')[1] ?? '');
  assert.deepEqual(SERVICES.map(({ name }) => name).toSorted(), folders.toSorted());
});

test('each user of MongoDB says which rights it needs there', () => {
  const users = SERVICES.map(({ name }) => name).filter((name) => 'mongodb' in dependenciesOf(name));
  assert.deepEqual(
    ofMongo.map(({ name }) => name),
    users,
  );
});

/** The places that name a service, for the services that need them. */
const PLACES: Array<
  [what: string, services: readonly ServiceDescription[], isHere: (name: string) => boolean]
> = [
  ...['package.json', 'service.ts', 'config.ts', 'main.ts', 'README.md'].map((file) =>
    hasFile(SERVICES, file),
  ),
  ...['api.ts', 'app.ts'].map((file) => hasFile(lasting, file)),
  [
    'service is a target of the Dockerfile',
    SERVICES,
    (name) => new RegExp(`^FROM \\S+ AS ${name}$`, 'm').test(dockerfile),
  ],
  ['service that lasts runs in compose', lasting, (name) => compose.services[name]?.build?.target === name],
  ['user of MongoDB has a volume with its password', ofMongo, (name) => `mongo-${name}` in compose.volumes],
  [
    'user of MongoDB has its password in its image',
    ofMongo,
    (name) => dockerfile.includes(`/tools/credentials/${name}`),
  ],
];

for (const [what, services, isHere] of PLACES) {
  test(`every ${what}`, () => {
    const missing = services.map(({ name }) => name).filter((name) => !isHere(name));
    assert.deepEqual(missing, []);
  });
}

function hasFile(services: readonly ServiceDescription[], file: string): (typeof PLACES)[number] {
  const kind = services === lasting ? 'service that takes requests' : 'service';
  return [`${kind} has its ${file}`, services, (name) => isThere(`services/${name}/${file}`)];
}

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
