import assert from 'node:assert/strict';
import { test } from 'node:test';
import { queryText } from './query-text.ts';

test('names are shown and values are not', () => {
  const command = {
    update: 'orders',
    updates: [{ q: { _id: 'secret' }, u: { $set: { status: 'x', n: 1 } } }],
  };
  assert.equal(
    queryText(command),
    '{"update":"?","updates":[{"q":{"_id":"?"},"u":{"$set":{"status":"?","n":"?"}}}]}',
  );
});

const circular: Record<string, unknown> = { find: 'orders' };
circular['self'] = circular;

const HUGE: Record<string, object> = {
  'raw documents': { insert: 'orders', documents: [new Uint8Array(400_000), Buffer.alloc(400_000)] },
  'many documents': { insert: 'orders', documents: Array.from({ length: 100_000 }, (_, n) => ({ n })) },
  'a wide document': { insert: Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`key${n}`, n])) },
  'a circle': circular,
};
for (const [what, command] of Object.entries(HUGE)) {
  test(`a command with ${what} stays short`, () => {
    const startedAt = performance.now();
    assert.ok(queryText(command).length < 10_000);
    assert.ok(performance.now() - startedAt < 50);
  });
}
