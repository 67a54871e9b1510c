import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MongoNetworkError } from 'mongodb';
import { groupCommit } from './group-commit.ts';

/** Creates a group commit whose writes end when the test calls the functions in `answers`. */
function heldWrites() {
  const groups: string[][] = [];
  const answers: Array<() => void> = [];
  const writeAll = async (items: string[]) => {
    groups.push(items);
    await new Promise<void>((resolve) => answers.push(resolve));
    return items.map((item) => item.toUpperCase());
  };
  return { groups, answers, write: groupCommit(writeAll) };
}

const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

test('items of the same moment are one write', async () => {
  const { groups, answers, write } = heldWrites();
  const written = Promise.all([write('a'), write('b')]);
  await turn();
  answers[0]!();
  assert.deepEqual(await written, ['A', 'B']);
  assert.deepEqual(groups, [['a', 'b']]);
});

test('items that come under a write share the next', async () => {
  const { groups, answers, write } = heldWrites();
  const first = write('a');
  await turn();
  const later = [write('b'), write('c')];
  await turn();
  assert.deepEqual(groups, [['a']]);
  answers[0]!();
  assert.equal(await first, 'A');
  await turn();
  answers[1]!();
  assert.deepEqual(await Promise.all(later), ['B', 'C']);
  assert.deepEqual(groups, [['a'], ['b', 'c']]);
});

test('one that spoils a write spoils only its own', async () => {
  const write = groupCommit(async (items: string[]) => {
    if (items.includes('bad')) throw new Error('no');
    return items;
  });
  const results = await Promise.allSettled(['a', 'bad', 'c'].map((item) => write(item)));
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  await turn();
  assert.equal(await write('later'), 'later');
});

test('a thousand items are written a hundred at a time', async () => {
  const sizes: number[] = [];
  const write = groupCommit(async (items: number[]) => {
    sizes.push(items.length);
    return items;
  });
  await Promise.all(Array.from({ length: 1_000 }, (_, index) => write(index)));
  assert.deepEqual(
    sizes,
    Array.from({ length: 10 }, () => 100),
  );
});

test('what spoils every write is tried no further', async () => {
  const groups: string[][] = [];
  const write = groupCommit(async (items: string[]) => {
    groups.push(items);
    throw new MongoNetworkError('away');
  });
  const results = await Promise.allSettled(['a', 'b'].map((item) => write(item)));
  assert.deepEqual(
    results.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  assert.deepEqual(groups, [['a', 'b']]);
});
