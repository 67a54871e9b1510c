import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { KubernetesObject } from '../hardening/kubernetes-object.ts';
import { KUBERNETES, readManifests, readYaml } from '../hardening/read-manifests.ts';
import { environmentFindings, SCHEMAS, type Environment } from './environment.ts';
import { environmentsOf, jobOf } from './environment-of.ts';

const objects = readManifests().map(({ object }) => object);

test('every variable of a pod is read, valid and there', () => {
  const environments = environmentsOf(objects);
  const seen = environments.map(({ container }) => container);
  const own = Object.keys(SCHEMAS).filter((name) => name !== 'report-job');
  assert.deepEqual(
    own.filter((name) => !seen.includes(name)),
    [],
  );
  assert.deepEqual(environments.flatMap(environmentFindings), []);
});

test('variables of a Job are those that it reads', () => {
  assert.deepEqual(environmentsOf([jobOf(objects)]).flatMap(environmentFindings), []);
});

test('patches set variables that somebody reads', () => {
  const environments = PATCHES.map((path) => readYaml(path) as KubernetesObject).flatMap((patch) =>
    environmentsOf([patch]),
  );
  assert.ok(PATCHES.length > 1);
  assert.equal(environments.length, PATCHES.length);
  // A patch is only a part of a manifest, so variables that it leaves out aren't missing.
  assert.deepEqual(
    environments.flatMap(environmentFindings).filter((finding) => !finding.endsWith('is missing')),
    [],
  );
});

const PATCHES = globSync('overlays/{local/job-image,production-like/patches/*}.yaml', {
  cwd: KUBERNETES,
}).filter((path) => /^ +env:$/m.test(readFileSync(join(KUBERNETES, path), 'utf8')));

const writer = (): Environment => {
  const [environment] = environmentsOf([readYaml('base/writer/deployment.yaml') as KubernetesObject]);
  assert.ok(environment);
  return environment;
};

test('an unread variable is found', () => {
  const environment = writer();
  environment.env.push({ name: 'WRITER_PROT', value: '1' });
  assert.deepEqual(environmentFindings(environment), ['writer: WRITER_PROT is not read']);
});

test('a value that the service refuses is found', () => {
  const environment = writer();
  environment.env.push({ name: 'DEMO_CONTROLS', value: 'yes' });
  assert.deepEqual(environmentFindings(environment), ['writer: DEMO_CONTROLS=yes: Expected on or off']);
});

test('a variable that is not there is found', () => {
  assert.deepEqual(environmentFindings({ ...writer(), besides: [] }), ['writer: MONGODB_URI is missing']);
});
