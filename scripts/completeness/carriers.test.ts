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

const carried = find(`${HOPS}/*.ts`).flatMap((path) => {
  const source = read(path);
  const carrier = /^ *carrier: (\w+),$/m.exec(source)?.[1];
  return carrier && source.includes('export const opening: Opening') ? [carrier] : [];
});
const readme = read('packages/propagation/README.md');
const formats = read('docs/reference/carrier-formats.md');
const comparison = read('docs/explanation/what-could-carry-it.md');

/** The places of a carrier, each with a check that it is there. */
const PLACES: Record<string, (name: string, path: string) => boolean> = {
  'is exported by the package': (name) => name in propagation,
  'has its unit test beside it': (_name, path) => isThere(path.replace(/\.ts$/, '.test.ts')),
  'has a hop, and the conformance table runs over it': (name) => carried.includes(name),
  'has a row in the page on formats': (name) =>
    new RegExp(`^\\|[^|]+\\| *\`${name}\` *\\|`, 'm').test(formats),
  'is in the README of the package': (name) => readme.includes(name),
  'has a row in the comparison of media': (name) =>
    WITHOUT_A_ROW.has(name) || comparison.includes(`\`${name}\``),
};

test('there are carriers to look at', () => {
  assert.ok(declared.length >= 5);
});

for (const [what, isHere] of Object.entries(PLACES)) {
  test(`every carrier ${what}`, () => {
    const missing = declared.filter(({ name, path }) => !isHere(name, path)).map(({ name }) => name);
    assert.deepEqual(missing, []);
  });
}
