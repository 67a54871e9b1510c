import assert from 'node:assert/strict';
import { test } from 'node:test';
import { A, at, found, message } from '../../testing/lint.ts';

test('a trace of too many spans, too long or with too many attempts is found', () => {
  const root = at(A, '1', undefined, 'shop PRODUCER send parcels', { attributes: message('m1') });
  const tries = Array.from({ length: 4 }, (_, index) =>
    at(A, `${index + 2}`, '1', 'mail CONSUMER process parcels', {
      atMs: [index * 5_000 + 20, index * 5_000 + 30],
      attributes: message('m1'),
    }),
  );
  const spans = [root, ...tries];
  assert.deepEqual(found(spans), []);
  assert.deepEqual(found(spans, { maxSpans: 4 }), ['unbounded a1→']);
  assert.deepEqual(found(spans, { maxAttempts: 3 }), ['unbounded a1→']);
  assert.deepEqual(found(spans, { maxTraceMs: 10_000 }), ['unbounded a1→']);
});
