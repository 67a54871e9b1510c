import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PlaceOrder } from '@beyond-headers/contracts';
import { fromRequest, isSameRequest, REQUEST_FIELDS } from './order-request.ts';

const REQUEST: PlaceOrder = { customer: 'ada', items: [{ sku: 'lamp', quantity: 1, unitPriceCents: 1_999 }] };

/** Another value for each field of a request; a new field needs one here. */
const OTHER: Required<PlaceOrder> = {
  customer: 'bob',
  items: [{ sku: 'lamp', quantity: 2, unitPriceCents: 1_999 }],
  report: true,
  approval: true,
  parts: 2,
  demo: { document: 'off' },
};

test('the same request is the same, and a default makes no difference', () => {
  const asked = fromRequest(REQUEST);
  assert.equal(isSameRequest(asked, fromRequest(structuredClone(REQUEST))), true);
  assert.equal(isSameRequest(asked, fromRequest({ ...REQUEST, report: false })), true);
});

for (const field of REQUEST_FIELDS) {
  test(`another ${field} is another request`, () => {
    const other = fromRequest({ ...REQUEST, [field]: OTHER[field] });
    assert.deepEqual(other[field], OTHER[field], 'it is stored');
    assert.equal(isSameRequest(fromRequest(REQUEST), other), false);
  });
}
