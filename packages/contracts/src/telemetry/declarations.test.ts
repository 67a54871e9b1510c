import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as stable from '@opentelemetry/semantic-conventions';
import * as incubating from '@opentelemetry/semantic-conventions/incubating';
import {
  ATTRIBUTES,
  INSTRUMENTED_ATTRIBUTES,
  METRICS,
  RESOURCE_ATTRIBUTES,
  SPANS,
  type AttributeDeclaration,
  type AttributeKey,
  type MetricDeclaration,
  type SpanDeclaration,
} from './index.ts';

const ROOT = new URL('../../../../', import.meta.url);
const attributes: AttributeDeclaration[] = [
  ...Object.values(ATTRIBUTES),
  ...INSTRUMENTED_ATTRIBUTES,
  ...RESOURCE_ATTRIBUTES,
];
const named = [...attributes, ...Object.values<MetricDeclaration>(METRICS)];

/** Returns the names that a version of the conventions exports. Its older constants have other prefixes. */
const namesIn = (conventions: object): Set<unknown> =>
  new Set(
    Object.entries(conventions)
      .filter(([key]) => /^(ATTR|METRIC)_/.test(key))
      .map(([, name]) => name),
  );
const stableNames = namesIn(stable);
const knownNames = namesIn(incubating);

test('what is under demo. is our own, and nothing else', () => {
  for (const { name, stability } of named)
    assert.equal(stability === undefined, name.startsWith('demo.'), name);
});

test('the stability is what the conventions say', () => {
  for (const { name, stability } of named.filter((one) => one.stability)) {
    assert.ok(knownNames.has(name), `${name} is not in the conventions`);
    assert.equal(stability, stableNames.has(name) ? 'stable' : 'development', name);
  }
});

test('an example is of its type, and a brief is a sentence', () => {
  for (const { name, type, example, brief } of attributes) {
    assert.equal(Number.isSafeInteger(example) ? 'int' : typeof example, type, name);
    assert.match(brief, /\.$/, name);
  }
});

test('no name is declared twice', () => {
  for (const declarations of [Object.values(ATTRIBUTES), INSTRUMENTED_ATTRIBUTES, Object.values(SPANS)]) {
    const names = declarations.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
  }
});

test('what a local system does not show is named by the test that does', () => {
  const places = Object.values<SpanDeclaration>(SPANS).flatMap(({ elsewhere = {} }) =>
    Object.entries(elsewhere),
  );
  assert.ok(places.length > 0);
  for (const [key, [, file] = []] of places) {
    const url = new URL(file ?? '', ROOT);
    assert.ok(existsSync(url), file);
    const { name } = ATTRIBUTES[key as AttributeKey];
    assert.ok(readFileSync(url, 'utf8').includes(`'${name}'`), `${file} does not look at ${name}`);
  }
});
