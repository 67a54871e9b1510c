import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldRows } from './field-rows.ts';

const text = { type: 'string' };

test('fields of an object and of a list have rows', () => {
  const rows = fieldRows({
    properties: {
      links: { type: 'object', properties: { self: { ...text, description: 'Where it is.' } } },
      rows: { type: 'array', items: { properties: { name: text }, required: ['name'] } },
    },
    required: ['rows'],
  });
  assert.deepEqual(
    rows.map(({ field, type, meaning }) => [field, type, meaning]),
    [
      ['links', 'object, optional', ''],
      ['links.self', 'string, optional', 'Where it is.'],
      ['rows', 'list of objects', ''],
      ['rows[].name', 'string', ''],
    ],
  );
});
