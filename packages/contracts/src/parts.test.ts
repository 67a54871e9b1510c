import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderId } from './order.ts';
import { countOfParts, partIds } from './parts.ts';

const _id = '6740e1c2a5f3b1d2c3e4f506';

test('parts have ids of their own, always the same', () => {
  const ids = partIds({ _id, parts: 50 });
  assert.deepEqual(partIds({ _id, parts: 50 }), ids);
  assert.deepEqual(partIds({ _id, parts: 3 }), ids.slice(0, 3));
  assert.equal(new Set([_id, ...ids]).size, 51);
  for (const id of ids) assert.ok(orderId.safeParse(id).success, id);
});

test('parts are listed beside their order', () => {
  for (const id of partIds({ _id, parts: 50 })) assert.equal(id.slice(0, 8), _id.slice(0, 8));
});

test('the parts of another order have other ids', () => {
  const other = partIds({ _id: '6740e1c2a5f3b1d2c3e4f507', parts: 50 });
  assert.equal(new Set([...other, ...partIds({ _id, parts: 50 })]).size, 100);
});

for (const parts of [undefined, null, 0, -1, 51, 1.5, '3', {}, [], true]) {
  test(`an order that holds ${JSON.stringify(parts)} there has no parts`, () => {
    assert.equal(countOfParts({ parts }), 0);
    assert.deepEqual(partIds({ _id, parts }), []);
  });
}
