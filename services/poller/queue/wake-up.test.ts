import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Sleeper } from './wake-up.ts';

const FOR_EVER_MS = 2 ** 31 - 1;
const never = new AbortController().signal;

test('a wake-up ends the sleep', async () => {
  const sleeper = new Sleeper();
  const sleep = sleeper.sleep(FOR_EVER_MS, never);
  sleeper.wake();
  await sleep;
});

test('a wake-up during work is kept for the next sleep, once', async () => {
  const sleeper = new Sleeper();
  sleeper.wake();
  sleeper.wake();
  await sleeper.sleep(FOR_EVER_MS, never);
  const startedAt = performance.now();
  await sleeper.sleep(30, never);
  assert.ok(performance.now() - startedAt >= 25);
});

test('an abort ends the sleep', async () => {
  const stopping = new AbortController();
  const sleep = new Sleeper().sleep(FOR_EVER_MS, stopping.signal);
  stopping.abort();
  await sleep;
});
