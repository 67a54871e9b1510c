import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InFlight } from './in-flight.ts';

test('a slot is free when the handler has ended, the work in hand when all has', async () => {
  const inFlight = new InFlight();
  const settled = Promise.withResolvers<void>();
  const handler = Promise.withResolvers<void>();
  inFlight.add(async (handled) => {
    await handler.promise;
    handled();
    await settled.promise;
  });
  assert.deepEqual([inFlight.handling, inFlight.size], [1, 1]);
  const changed = inFlight.change();
  handler.resolve();
  await changed;
  assert.deepEqual([inFlight.handling, inFlight.size], [0, 1]);
  settled.resolve();
  await inFlight.allEnded();
  assert.deepEqual([inFlight.handling, inFlight.size], [0, 0]);
});
