import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerWithin } from './answer-within.ts';

const BUDGET_MS = 20;

test('an answer in time is passed on, a failure too', async () => {
  assert.equal(await answerWithin(Promise.resolve(7), BUDGET_MS), 7);
  await assert.rejects(answerWithin(Promise.reject(new Error('gone')), BUDGET_MS), /^Error: gone$/);
});

test('a database that stays silent is a 503 in time', async () => {
  const silent = new Promise<never>(() => {});
  await assert.rejects(answerWithin(silent, BUDGET_MS), {
    status: 503,
    message: `The database did not answer within ${BUDGET_MS} ms; try again.`,
  });
});

test('a failure after the answer is ignored', async () => {
  const { promise, reject } = Promise.withResolvers<never>();
  await assert.rejects(answerWithin(promise, BUDGET_MS), { status: 503 });
  reject(new Error('late'));
  await new Promise((resolve) => setImmediate(resolve));
});
