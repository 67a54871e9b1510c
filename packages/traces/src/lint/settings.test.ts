import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { ruleIds } from './finding.ts';
import { readSettings, SettingError, settingNames } from './settings.ts';

/* Editors validate a file with the schema, and the command with its own code. The two must agree. */

interface Schema {
  properties: object;
  $defs: { rule: { enum: string[] } };
}

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../lint.schema.json'), 'utf8'),
) as Schema;
const fits = new Ajv2020({ strict: true, strictRequired: false }).compile(schema);

test('the schema knows every rule and every setting', () => {
  assert.deepEqual(schema.$defs.rule.enum, ruleIds);
  assert.deepEqual(Object.keys(schema.properties).toSorted(), settingNames.toSorted());
});

function isRead(value: unknown): boolean {
  try {
    readSettings(value);
    return true;
  } catch (error) {
    assert.ok(error instanceof SettingError);
    assert.match(error.message, /got .+\. Expected .+\.$/s);
    return false;
  }
}

for (const [text, expected] of [
  ['{}', true],
  ['rules: [orphan, clock]', true],
  ['severities: { orphan: info }', true],
  ['ignore: [{ rule: orphan, reason: known }]', true],
  ['ignore: [{ span: "a CONSUMER *", reason: known }]', true],
  ['services: [a]', true],
  ['failOn: never', true],
  ['{ clock: 500ms, unconsumedAfter: 10s, pairWithin: 1.5h, maxTrace: 2d }', true],
  ['{ sharedBy: 2, maxSpans: 5, maxAttempts: 1, maxChildren: 9 }', true],
  ['[]', false],
  ['5', false],
  ['rules: orphan', false],
  ['rules: [orphans]', false],
  ['severities: { orphan: fatal }', false],
  ['severities: { orphans: info }', false],
  ['severities: 5', false],
  ['ignore: [{ rule: orphan }]', false],
  ['ignore: [{ reason: known }]', false],
  ['ignore: [{ rule: orphan, reason: " " }]', false],
  ['ignore: [{ rule: orphan, reason: known, since: now }]', false],
  ['ignore: [5]', false],
  ['services: [5]', false],
  ['failOn: fatal', false],
  ['clock: soon', false],
  ['clock: 5', false],
  ['maxSpans: 0', false],
  ['maxSpans: 1.5', false],
  ['more: 1', false],
] as const) {
  test(`schema and command ${expected ? 'take' : 'refuse'} ${text}`, () => {
    assert.equal(fits(parse(text)), expected, JSON.stringify(fits.errors));
    assert.equal(isRead(parse(text)), expected);
  });
}
