import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClaimedOrder } from '../queue/order-queue.ts';
import { withFaults } from './faults.ts';
import { shapeOf } from './poller-demo.ts';

const orderWith = (demo: unknown, attempts = 1) => ({ attempts, demo }) as ClaimedOrder;
const work = {
  signal: new AbortController().signal,
  once: (_key: string, effect: () => Promise<void>) => effect(),
};

test('an order chooses its shape', () => {
  assert.equal(shapeOf(orderWith({ shape: 'link' })), 'link');
});

for (const demo of [undefined, null, 'link', {}, { shape: 'x' }, { shape: {} }]) {
  test(`a shape that is none leaves it to the poller: ${JSON.stringify(demo)}`, () => {
    assert.equal(shapeOf(orderWith(demo)), undefined);
  });
}

test('attempts fail as often as asked for', async () => {
  const handled: number[] = [];
  const handle = withFaults(async ({ attempts }) => void handled.push(attempts));
  await assert.rejects(async () => handle(orderWith({ failTimes: 1 }, 1), work), /fails on purpose/);
  await handle(orderWith({ failTimes: 1 }, 2), work);
  await handle(orderWith(undefined, 3), work);
  assert.deepEqual(handled, [2, 3]);
});
