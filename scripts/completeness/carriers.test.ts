import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as propagation from '@beyond-headers/propagation';
import { find, isThere, read } from '../project-files.ts';

/* Checks the parts of a new carrier that are easy to forget: docs/how-to/add-a-carrier.md. */

const CARRIERS = 'packages/propagation/src/carriers';
const HOPS = 'tests/conformance/propagation/hops';

const declared = find(`${CARRIERS}/*.ts`).flatMap((path) =>
  Array.from(read(path).matchAll(/^export const (\w+Carrier)\b/gm), ([, name = '']) => ({ name, path })),
);
/** Carriers without a row of their own, because the row of their medium has another name. */
const WITHOUT_A_ROW = new Set([
  'cloudEventHttpCarrier',
  'cloudEventKafkaCarrier',
  'kafkaBytesCarrier',
  'v1EnvVarCarrier',
]);
const missing = (isThere: (carrier: { name: string; path: string }) => boolean): string[] =>
  declared.filter((carrier) => !isThere(carrier)).map(({ name }) => name);

test('there are carriers to look at', () => {
  assert.ok(declared.length >= 5);
});

test('every carrier is exported by the package', () => {
  assert.deepEqual(
    missing(({ name }) => name in propagation),
    [],
  );
});

test('every carrier has its unit test beside it', () => {
  assert.deepEqual(
    missing(({ path }) => isThere(path.replace(/\.ts$/, '.test.ts'))),
    [],
  );
});

test('every carrier has a hop, and the conformance table runs over it', () => {
  const carried = find(`${HOPS}/*.ts`).flatMap((path) => {
    const source = read(path);
    const carrier = /^ *carrier: (\w+),$/m.exec(source)?.[1];
    return carrier && source.includes('export const opening: Opening') ? [carrier] : [];
  });
  assert.deepEqual(
    missing(({ name }) => carried.includes(name)),
    [],
  );
});

test('every carrier has a row in the page on formats', () => {
  const page = read('docs/reference/carrier-formats.md');
  assert.deepEqual(
    missing(({ name }) => new RegExp(`^\\|[^|]+\\| *\`${name}\` *\\|`, 'm').test(page)),
    [],
  );
});

test('every carrier is in the README of the package', () => {
  assert.deepEqual(
    missing(({ name }) => read('packages/propagation/README.md').includes(name)),
    [],
  );
});

test('every carrier has a row in the comparison of media', () => {
  const page = read('docs/explanation/what-could-carry-it.md');
  assert.deepEqual(
    missing(({ name }) => WITHOUT_A_ROW.has(name) || page.includes(`\`${name}\``)),
    [],
  );
});
