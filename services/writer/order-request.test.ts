import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PlaceOrder } from '@beyond-headers/contracts';
import { ASKED_FIELDS, fromRequest, isSameRequest } from './order-request.ts';

const REQUEST: PlaceOrder = { customer: 'ada', items: [{ sku: 'lamp', quantity: 1, unitPriceCents: 1_999 }] };

/** Another value for each field of a request; a new field needs one here. */
const OTHER: Required<PlaceOrder> = {
  customer: 'bob',
  items: [{ sku: 'lamp', quantity: 2, unitPriceCents: 1_999 }],
  report: true,
  approval: true,
  availableAt: '2026-01-31T12:00:00+01:00',
  every: { seconds: 60, times: 3 },
  parts: 2,
  demo: { document: 'off' },
};

test('the same request is the same, and a default makes no difference', () => {
  const asked = fromRequest(REQUEST);
  assert.equal(isSameRequest(asked, fromRequest(structuredClone(REQUEST))), true);
  assert.equal(isSameRequest(asked, fromRequest({ ...REQUEST, report: false })), true);
});

test('each field of a request is stored under a name that is compared', () => {
  assert.deepEqual(Object.keys(fromRequest(OTHER)).toSorted(), ASKED_FIELDS.toSorted());
});

for (const [field, value] of Object.entries(OTHER)) {
  test(`another ${field} is another request`, () => {
    const other = fromRequest({ ...REQUEST, [field]: value });
    assert.equal(isSameRequest(fromRequest(REQUEST), other), false);
  });
}
