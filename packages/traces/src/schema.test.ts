import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { readExpectation } from './cli/expectation-file.ts';
import { file } from './testing/folder.ts';

/* Editors validate a file with the schema, and the command with its own code. The two must agree. */

const ROOT = join(import.meta.dirname, '../../..');
const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../tree.schema.json'), 'utf8')) as object;
const fits = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false }).compile(schema);

async function isRead(text: string): Promise<boolean> {
  return readExpectation(await file('tree.yaml', text)).then(
    () => true,
    () => false,
  );
}

for (const [text, expected] of [
  ['a', true],
  ['[a, b]', true],
  ['span: a', true],
  ['{ name: a, service: b, kind: CLIENT, status: OK }', true],
  ['{ span: a, attributes: { x: 1, y: null, z: [a] } }', true],
  ['{ span: a, links: 2 }', true],
  ['{ span: a, links: [a, "*"] }', true],
  ['{ span: a, count: { min: 1 } }', true],
  ['{ span: a, count: 0, optional: true, children: [b, { span: c }] }', true],
  ['{ roots: a }', true],
  ['{ roots: [a], extra: forbid, orphans: allow, ignore: [b] }', true],
  ['5', false],
  ['', false],
  ['{ service: a }', false],
  ['{ span: 5 }', false],
  ['{ span: a, nmae: b }', false],
  ['{ span: a, kind: server }', false],
  ['{ span: a, status: FAIL }', false],
  ['{ span: a, attributes: [] }', false],
  ['{ span: a, links: a }', false],
  ['{ span: a, links: [5] }', false],
  ['{ span: a, count: -1 }', false],
  ['{ span: a, count: 1.5 }', false],
  ['{ span: a, count: { most: 1 } }', false],
  ['{ span: a, optional: yes please }', false],
  ['{ span: a, children: {} }', false],
  ['{ span: a, children: [5] }', false],
  ['{ roots: [a], extra: maybe }', false],
  ['{ roots: [a], ignore: a }', false],
  ['{ roots: [a], more: a }', false],
] as const) {
  test(`schema and command ${expected ? 'take' : 'refuse'} ${text || 'an empty file'}`, async () => {
    assert.equal(fits(parse(text)), expected, JSON.stringify(fits.errors));
    assert.equal(await isRead(text), expected);
  });
}

test('every tree of this project fits the schema', () => {
  const files = globSync(['examples/**/joined.yaml', 'tests/scenarios/trees/*.yaml'], {
    cwd: ROOT,
    exclude: ['**/node_modules/**'],
  });
  assert.ok(files.length > 0);
  for (const file of files) {
    assert.ok(fits(parse(readFileSync(join(ROOT, file), 'utf8'))), `${file}: ${JSON.stringify(fits.errors)}`);
  }
});
