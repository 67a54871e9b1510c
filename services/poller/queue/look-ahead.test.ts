import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LookAhead } from './look-ahead.ts';

test('what was seen ahead is given once', async () => {
  const ahead = new LookAhead<string>();
  ahead.begin(async () => ['one', 'two'], 1_000);
  assert.deepEqual(await ahead.take(1_049), ['one', 'two']);
  assert.deepEqual(await ahead.take(1_049), []);
});

test('what was seen some time ago is not given', async () => {
  const ahead = new LookAhead<string>();
  ahead.begin(async () => ['one'], 1_000);
  assert.deepEqual(await ahead.take(1_050), []);
  assert.deepEqual(await ahead.take(1_000), []);
});

test('a look ahead that fails gives nothing', async () => {
  const ahead = new LookAhead<string>();
  ahead.begin(() => Promise.reject(new Error('away')), 1_000);
  assert.deepEqual(await ahead.take(1_001), []);
});
