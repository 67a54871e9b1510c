import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js';
import { CASES } from '../../languages/cases.ts';
import { LANGUAGES } from '../../languages/language.ts';
import { cases, differences } from '../../../upstream/conformance/typescript/table.ts';

const FOLDER = join(import.meta.dirname, '../../../upstream/conformance');
const load = (name: string): AnySchemaObject =>
  JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as AnySchemaObject;

const ajv = new Ajv2020({ formats: { uri: true } });
ajv.addSchema(load('cases.schema.json'), 'cases.schema.json');
ajv.addSchema(load('differences.schema.json'), 'differences.schema.json');

for (const name of ['cases', 'differences']) {
  test(`${name}.json is as its schema says`, () => {
    assert.ok(ajv.validate(`${name}.schema.json`, load(`${name}.json`)), ajv.errorsText());
  });
}

test('the cases of all languages are in the table', () => {
  const ofTable = cases
    .filter(({ carrier }) => carrier === 'map')
    .map(({ name, input }) => ({ name, ...input }));
  const ofLanguages = CASES.map(({ name, fields, add, baggage }) => ({
    name,
    fields,
    ...(add && { addToTracestate: add }),
    ...(baggage && { setBaggage: baggage }),
  }));
  assert.deepEqual(ofTable, ofLanguages);
});

test('cases and differences have names of their own', () => {
  const names = cases.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  const rows = differences.map((row) => `${row.implementation}: ${row.case}`);
  assert.equal(new Set(rows).size, rows.length);
  assert.deepEqual(
    differences.filter((row) => !names.includes(row.case)),
    [],
  );
});

test('differences are of the versions that are run', () => {
  const run = new Map(LANGUAGES.map(({ name, version }) => [name, version]));
  for (const [implementation, language] of [
    ['opentelemetry-js', 'JavaScript'],
    ['opentelemetry-python', 'Python'],
    ['opentelemetry-go', 'Go'],
  ] as const)
    assert.deepEqual(versionsOf(implementation), [run.get(language)], implementation);
});

function versionsOf(implementation: string): string[] {
  const versions = differences.filter((row) => row.implementation === implementation);
  return [...new Set(versions.map(({ version }) => version))];
}
