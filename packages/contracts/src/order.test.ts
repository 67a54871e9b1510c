import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderId, placeOrder } from './order.ts';

const order = { customer: 'ada', items: [{ sku: 'tea', quantity: 1, unitPriceCents: 250 }] };

test('the smallest order is taken as it is', () => {
  assert.deepEqual(placeOrder.parse(order), order);
});

test('__proto__ in JSON is an unknown field', () => {
  const body = JSON.parse(
    `{"customer":"ada","items":${JSON.stringify(order.items)},"__proto__":{"report":true}}`,
  ) as unknown;
  assert.equal(placeOrder.safeParse(body).success, false);
});

test('refuses a query operator in place of text', () => {
  assert.equal(placeOrder.safeParse({ ...order, customer: { $ne: null } }).success, false);
});

for (const id of [
  '',
  'abc',
  '6740E1C2A5F3B1D2C3E4F506',
  '6740e1c2a5f3b1d2c3e4f506\n',
  '6740e1c2a5f3b1d2c3e4f5061',
]) {
  test(`${JSON.stringify(id)} is not an order id`, () => {
    assert.equal(orderId.safeParse(id).success, false);
  });
}
