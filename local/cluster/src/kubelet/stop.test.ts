import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Stop } from './stop.ts';

test('a wait ends as soon as the stop is requested', async () => {
  const stop = new Stop();
  const startedAt = Date.now();
  const waits = [stop.within(30_000), stop.within(30_000)];
  stop.request(1_000);
  await Promise.all([...waits, stop.within(30_000)]);
  assert.ok(Date.now() - startedAt < 10_000);
});
