import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Front } from './front.ts';

/** Creates a front on a queue of dates, and records where each search starts. */
function frontOn(queue: Array<Date | string>) {
  const front = new Front();
  const from: Array<Date | undefined> = [];
  const look = (count: number, now: number) =>
    front.look(
      count,
      async (since) => {
        from.push(since);
        return queue.filter((date) => !since || (date instanceof Date && date >= since)).slice(0, count);
      },
      (date) => date,
      now,
    );
  return { from, look };
}

const at = (second: number) => new Date(second * 1_000);
const FIVE = [at(1), at(2), at(3), at(4), at(5)];

test('a look begins where the last one did', async () => {
  const queue = [...FIVE];
  const { from, look } = frontOn(queue);
  assert.deepEqual(await look(2, 5_000), [at(1), at(2)]);
  queue.splice(0, 2);
  assert.deepEqual(await look(2, 5_001), [at(3), at(4)]);
  assert.deepEqual(await look(2, 5_002), [at(3), at(4)]);
  assert.deepEqual(from, [undefined, at(1), at(3)]);
});

test('what became available with an earlier date is found within a second', async () => {
  const queue = [...FIVE];
  const { look } = frontOn(queue);
  await look(2, 5_000);
  queue.unshift(at(0));
  assert.deepEqual(await look(2, 5_999), [at(1), at(2)]);
  assert.deepEqual(await look(2, 6_000), [at(0), at(1)]);
});

test('a look that finds too few looks from the start', async () => {
  const queue = [...FIVE];
  const { from, look } = frontOn(queue);
  await look(5, 5_000);
  queue.splice(1, 4);
  queue.unshift(at(0));
  assert.deepEqual(await look(5, 5_001), [at(0), at(1)]);
  assert.deepEqual(from, [undefined, at(1), undefined]);
});

test('an idle queue is looked at once', async () => {
  const { from, look } = frontOn([at(1)]);
  await look(2, 5_000);
  await look(2, 5_001);
  assert.deepEqual(from, [undefined, undefined]);
});

test('a look never begins at a date of another type', async () => {
  const { from, look } = frontOn(['yesterday', at(1)]);
  await look(2, 5_000);
  await look(2, 5_001);
  assert.deepEqual(from, [undefined, undefined]);
});
