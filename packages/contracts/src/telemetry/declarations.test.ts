import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  ATTRIBUTES,
  INSTRUMENTED_ATTRIBUTES,
  METRICS,
  RESOURCE_ATTRIBUTES,
  SPANS,
  stabilityOf,
  typeOf,
  type AttributeDeclaration,
  type AttributeKey,
  type MetricDeclaration,
  type SpanDeclaration,
} from './index.ts';

const ROOT = new URL('../../../../', import.meta.url);
const attributes: AttributeDeclaration[] = [
  ...Object.values(ATTRIBUTES),
  ...INSTRUMENTED_ATTRIBUTES,
  ...Object.values(RESOURCE_ATTRIBUTES).flat(),
];
const named = [...attributes, ...Object.values<MetricDeclaration>(METRICS)];

test('what is not under demo. is in the conventions', () => {
  const stabilities = named.map(({ name }) => stabilityOf(name));
  assert.deepEqual(new Set(stabilities), new Set(['own', 'stable', 'development']));
  assert.equal(stabilityOf('service.name'), 'stable');
  assert.equal(stabilityOf('messaging.system'), 'development');
  assert.throws(
    () => stabilityOf('messaging.sistem'),
    /messaging\.sistem is not in the semantic conventions/,
  );
});

test('an example has a type of OTLP, and a brief is a sentence', () => {
  for (const { name, example, brief } of attributes) {
    assert.match(typeOf(example), /^(string|int|boolean)$/, name);
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
