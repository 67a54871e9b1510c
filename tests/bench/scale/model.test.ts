import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bestNumber, fit, predict } from './model.ts';

const LAW = { one: 150, contention: 0.05, coherence: 0.004 };

test('fit finds the law that made the rates', () => {
  const found = fit(new Map([1, 2, 4, 8].map((n) => [n, predict(LAW, n)])));
  for (const key of ['one', 'contention', 'coherence'] as const)
    assert.ok(Math.abs(found[key] - LAW[key]) < 1e-9, `${key}: ${found[key]}`);
});

test('fit takes faster than linear for linear', () => {
  const { contention, coherence } = fit(new Map([1, 2, 4, 8].map((n) => [n, n ** 1.1])));
  assert.deepEqual([contention, coherence >= 0], [0, true]);
});

test('best number is where one more is slower', () => {
  const best = Math.floor(bestNumber(LAW));
  assert.ok(predict(LAW, best) > predict(LAW, best - 1));
  assert.ok(predict(LAW, best + 1) > predict(LAW, best + 2));
  assert.equal(bestNumber({ ...LAW, coherence: 0 }), Infinity);
});
