import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LookAhead } from './look-ahead.ts';

const at = (ms: number) => () => ms;

test('what was seen ahead is given once', async () => {
  const ahead = new LookAhead<string>();
  ahead.begin(async () => ['one', 'two'], at(1_000));
  assert.deepEqual(await ahead.take(at(1_049)), ['one', 'two']);
  assert.deepEqual(await ahead.take(at(1_049)), []);
});

test('what was seen some time ago is not given', async () => {
  const ahead = new LookAhead<string>();
  ahead.begin(async () => ['one'], at(1_000));
  assert.deepEqual(await ahead.take(at(1_050)), []);
  assert.deepEqual(await ahead.take(at(1_000)), []);
});

test('what was seen is as old as the answer, however long it took', async () => {
  const ahead = new LookAhead<string>();
  let nowMs = 1_000;
  const { promise, resolve } = Promise.withResolvers<string[]>();
  ahead.begin(
    () => promise,
    () => nowMs,
  );
  nowMs = 1_200;
  resolve(['one']);
  assert.deepEqual(await ahead.take(at(1_240)), ['one']);
});

test('what is forgotten is not given', async () => {
  const ahead = new LookAhead<string>();
  ahead.begin(async () => ['one'], at(1_000));
  ahead.forget();
  assert.deepEqual(await ahead.take(at(1_000)), []);
});

test('a look ahead that fails gives nothing', async () => {
  const ahead = new LookAhead<string>();
  ahead.begin(() => Promise.reject(new Error('away')), at(1_000));
  assert.deepEqual(await ahead.take(at(1_001)), []);
});
