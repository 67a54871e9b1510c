import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { LastingService } from '@beyond-headers/service-kit/service';
import { SERVICES as USERS } from '../../../docker/mongo/services.ts';
import { IN_CLUSTER, SERVICES } from '../../../services/all-services.ts';
import { LASTING, usualPort } from '../../../services/services.ts';
import type { Container } from '../hardening/kubernetes-object.ts';
import { COMPONENTS, KUBERNETES, readManifests, readYaml } from '../hardening/read-manifests.ts';
import { environmentFindings, SCHEMAS } from './environment.ts';
import { copiedBy, readStages } from '../../support/dockerfile.ts';
import { composeServices } from './compose-services.ts';
import { podsOf } from './pods.ts';

const read = (path: string) => readFileSync(join(KUBERNETES, '..', path), 'utf8');
const objects = readManifests().map(({ object }) => object);
const pods = podsOf(objects);
const containers = pods.flatMap(({ spec }) => spec.containers);
const compose = composeServices();
const stages = readStages(read('Dockerfile'));
const targets = Object.fromEntries(Array.from(stages, ([name, { body }]) => [name, body]));
const OWN_IMAGE = /^beyond-headers\/([a-z-]+)$/;
const BESIDE_THE_DEMO = Object.values(IN_CLUSTER).map(({ name }) => `beyond-headers/${name}`);
const services = Object.values(LASTING) as readonly LastingService[];
const NAMES = services.map(({ name }) => name);

function container(name: string): Container {
  const found = containers.find((one) => one.name === name);
  assert.ok(found, `container ${name}`);
  return found;
}

for (const { name, port, isTraced, needs } of services) {
  test(`${name}: one port in settings, image and manifest`, () => {
    const { variable: variableName, number } = port;
    assert.equal(SCHEMAS[name]?.shape[variableName]?.safeParse(undefined).data, number);
    assert.deepEqual(container(name).ports, [{ name: 'http', containerPort: number }]);
    assert.equal(variable(targets[name], 'HEALTH_PORT'), String(number));
    assert.match(targets[name] ?? '', new RegExp(`^EXPOSE ${number}$`, 'm'));
  });

  test(`${name}: started in a pod as in Compose`, () => {
    const { args } = container(name);
    assert.deepEqual(args, compose[name]?.command);
    assert.equal(args !== undefined, needs.mongodb !== undefined);
    // Without args, the container runs the command of the image.
    assert.match(targets[name] ?? '', new RegExp(`^WORKDIR /app/services/${name}$`, 'm'));
    assert.equal(variable(targets[name], 'OTEL_SERVICE_NAME'), isTraced ? name : undefined);
  });

  test(`${name}: what it needs is set and waited for in Compose`, () => {
    const { depends_on: waitsFor = {}, environment = {}, volumes = [] } = compose[name] ?? {};
    const called = Object.entries(needs.services ?? {});
    const needed = [...called.map(([, other]) => other), ...(needs.mongodb ? ['mongo-init'] : []), 'jaeger'];
    const waitedFor = new Set([...Object.keys(waitsFor), ...Object.keys(waitsFor).flatMap(waits)]);
    assert.deepEqual(
      needed.filter((other) => !waitedFor.has(other)),
      [],
    );
    for (const [key, other] of called) assert.equal(environment[key], urlOf(other));
    // Prometheus scrapes the traced services: docker/metrics/targets.yml.
    assert.equal(environment['OTEL_METRICS_EXPORTER'], isTraced ? 'prometheus' : undefined);
    assert.equal(volumes.includes(`mongo-${name}:/credentials:ro`), needs.mongodb !== undefined);
  });

  test(`${name}: what it calls is where it looks by default`, () => {
    for (const [key, other] of Object.entries(needs.services ?? {})) {
      const usual = SCHEMAS[name]?.shape[key]?.safeParse(undefined).data as string;
      assert.equal(new URL(usual).port, new URL(urlOf(other)).port);
    }
  });
}

const waits = (name: string): string[] => Object.keys(compose[name]?.depends_on ?? {});

const urlOf = (name: string): string => `http://${name}:${usualPort(name)}`;

test('every component says what, why and how', () => {
  for (const component of COMPONENTS) {
    const text = readFileSync(join(KUBERNETES, component, 'README.md'), 'utf8');
    for (const word of ['What', 'Why', 'How'])
      assert.ok(text.includes(`**${word}:** `), `${component}: ${word}`);
  }
});

test('own images are targets of the Dockerfile', () => {
  const images = [...containers.map(({ image }) => image ?? ''), jobImage()];
  const own = images.flatMap((image) => OWN_IMAGE.exec(image)?.[1] ?? []);
  const expected = [...SERVICES.map(({ name }) => name), 'tools'].toSorted();
  assert.deepEqual([...new Set(own)].toSorted(), expected);
  assert.deepEqual(
    expected.filter((name) => !(name in targets)),
    [],
  );
});

test('images of others are those of .env', () => {
  assert.equal(container('mongod').image, compose['mongo']?.image);
  assert.equal(container('jaeger').image, compose['jaeger']?.image);
});

test('overlay local gives each own image its tag', () => {
  const { images } = readYaml('overlays/local/kustomization.yaml') as {
    images: Array<{ name: string; newTag: string }>;
  };
  const deployed = containers
    .map(({ image = '' }) => image)
    .filter((image) => OWN_IMAGE.test(image) && !BESIDE_THE_DEMO.includes(image));
  assert.deepEqual(images.map(({ name }) => name).toSorted(), [...new Set(deployed)].toSorted());
  const patched = podsOf([readYaml('overlays/local/job-image.yaml') as (typeof objects)[number]]);
  const tags = [
    ...images.map(({ newTag }) => newTag),
    valueOf(patched[0]?.spec.containers[0], 'JOB_IMAGE').split(':')[1],
  ];
  assert.deepEqual([...new Set(tags)], ['local']);
});

test('tools run files that are in their image', () => {
  const scripts = containers.flatMap(({ image, args = [] }) =>
    image === 'beyond-headers/tools' ? args : [],
  );
  assert.equal(scripts.length, 2);
  for (const script of scripts) {
    const folder = script.slice(0, script.lastIndexOf('/'));
    assert.ok(existsSync(join(KUBERNETES, '..', script)), script);
    assert.match(targets['tools-files'] ?? '', new RegExp(`^COPY ${folder} ${folder}$`, 'm'));
  }
});

test('MongoDB and Jaeger are started as in Compose', () => {
  const mongod = container('mongod');
  assert.deepEqual(mongod.args, compose['mongo']?.command);
  // Compose writes $ as $$.
  assert.equal(
    mongod.command?.[2],
    compose['mongo']?.entrypoint?.[2]?.replace('$$', () => '$'),
  );
  assert.deepEqual(container('jaeger').args, compose['jaeger']?.command);
  for (const name of ['mongo', 'jaeger']) {
    const context = pods.find((pod) => pod.name === name)?.spec.securityContext;
    assert.equal(`${context?.runAsUser}:${context?.runAsGroup}`, compose[name]?.user);
  }
});

test('memory limits are those of Compose', () => {
  const limits = ['mongod', 'jaeger', 'load', ...NAMES].map((name) => [name, memoryLimit(container(name))]);
  assert.deepEqual(
    limits,
    limits.map(([name]) => [name, compose[name === 'mongod' ? 'mongo' : (name ?? '')]?.mem_limit]),
  );
});

test('variables in Compose are read and valid', () => {
  const environments = NAMES.map((name) => ({
    container: name,
    // A blank value counts as unset.
    env: Object.entries(compose[name]?.environment ?? {}).flatMap(([key, value]) =>
      value ? [{ name: key, value }] : [],
    ),
    besides: compose[name]?.command?.includes('--env-file=/credentials/mongodb.env') ? ['MONGODB_URI'] : [],
  }));
  const findings = environments.flatMap(environmentFindings);
  assert.deepEqual(findings, []);
});

test('the launcher gets the same in both', () => {
  const told = compose['job-launcher']?.environment ?? {};
  for (const name of ['JOB_SERVICE_ACCOUNT', 'JOB_MONGODB_SECRET', 'JOB_OTLP_ENDPOINT']) {
    assert.equal(valueOf(container('job-launcher'), name), told[name], name);
  }
  const { namespace } = readYaml('overlays/local/kustomization.yaml') as { namespace: string };
  assert.equal(namespace, told['JOB_NAMESPACE']);
});

test('each user of MongoDB has a Secret with its name in it', () => {
  const secrets = new Map(
    objects
      // The members of the replica set authenticate to each other with the key. No user has it.
      .filter(({ kind, metadata }) => kind === 'Secret' && metadata?.name !== 'mongo-key')
      .map(({ metadata, stringData }) => [metadata?.name, stringData]),
  );
  assert.equal(secrets.size, USERS.length + 1);
  for (const { name, database } of USERS) {
    const [text = ''] = Object.values(secrets.get(`${name}-mongodb`) ?? {});
    const uri = new URL(text.replace(/^MONGODB_URI=/, ''));
    assert.equal(uri.username, name);
    assert.equal(uri.searchParams.get('authSource'), database);
    assert.match(uri.password, /^demo-only-/);
  }
});

test('.dockerignore leaves out nothing that the Dockerfile copies', () => {
  const kept = Array.from(read('.dockerignore').matchAll(/^!(.+)$/gm), ([, path = '']) => path);
  const isKept = (path: string) =>
    kept.some((one) => path === one || path.startsWith(`${one}/`) || one.startsWith(`${path}/`));
  for (const name of stages.keys())
    for (const path of copiedBy(stages, name, 'writer'))
      assert.ok(isKept(path.replace(/\/$/, '')), `${name} copies ${path}`);
});

/** Returns the value of a variable in a stage of the Dockerfile. */
function variable(stage: string | undefined, name: string): string | undefined {
  return new RegExp(String.raw`^ENV .*\b${name}=(\S+)`, 'm').exec(stage ?? '')?.[1];
}

/** Returns the memory limit as Compose writes it: 192m for 192Mi. */
function memoryLimit({ resources }: Container): string | undefined {
  return resources?.limits?.['memory']?.replace(/Mi$/, 'm');
}

const valueOf = (from: Container | undefined, name: string): string =>
  from?.env?.find((one) => one.name === name)?.value ?? '';

function jobImage(): string {
  return valueOf(container('job-launcher'), 'JOB_IMAGE');
}
