import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AttemptOutcome, AttemptRecord } from '@beyond-headers/contracts';
import { historyWithRequeue, isGivenUp, lastAttempt, previousAttempt } from './history.ts';
import type { ClaimedOrder } from './order-queue.ts';

const AT = new Date('2026-01-31T12:00:00Z');

const record = (attempt: number, outcome: AttemptOutcome): AttemptRecord => ({ attempt, outcome, at: AT });

/** Returns an order whose history may be any value, because other programs can write it, too. */
const orderWith = (history: unknown, attempts = 1) => ({ history, attempts }) as ClaimedOrder;

test('the last attempt is the one before a requeue', () => {
  const order = orderWith([record(1, 'retry'), record(2, 'dead letter'), record(2, 'requeued')]);
  assert.equal(lastAttempt(order)?.outcome, 'dead letter');
});

for (const history of [undefined, 'none', 7, {}, [], [null]]) {
  test(`no attempt is in ${JSON.stringify(history)}`, () => {
    const order = orderWith(history);
    assert.equal(lastAttempt(order) ?? undefined, undefined);
    assert.equal(previousAttempt(order), undefined);
    assert.equal(isGivenUp(order), false);
  });
}

test('an order is given up when its last attempt is the lost one', () => {
  const lost = [record(2, 'retry'), record(3, 'lease ended')];
  assert.equal(isGivenUp(orderWith(lost, 3)), true);
  assert.equal(isGivenUp(orderWith(lost, 4)), false, 'a claim has begun another attempt');
  assert.equal(isGivenUp(orderWith([record(3, 'released')], 3)), false);
});

test('a requeue keeps the carrier until then, as text and nothing else', () => {
  const context = { traceparent: '$price' };
  const expression = historyWithRequeue({ ...orderWith([], 5), context }, 'token');
  const literal = { attempt: 5, outcome: 'requeued', token: 'token', context };
  assert.ok(JSON.stringify(expression).includes(JSON.stringify({ $literal: literal })));
});
