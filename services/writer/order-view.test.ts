import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OrderDocument } from '@beyond-headers/contracts';
import { toView } from './order-view.ts';

const ORDER: OrderDocument = {
  _id: '6740e1c2a5f3b1d2c3e4f506',
  customer: 'ada',
  items: [{ sku: 'lamp', quantity: 1, unitPriceCents: 1_999 }],
  report: true,
  status: 'pending',
  createdAt: new Date('2026-01-31T12:00:00Z'),
  availableAt: new Date('2026-01-31T12:00:00Z'),
  attempts: 0,
  traceIds: ['0af7651916cd43dd8448eb211c80319c'],
};

/** Returns the view of the order with fields that another program wrote; undefined removes a field. */
const viewWith = (change: Record<string, unknown>) => toView({ ...ORDER, ...change });

test('carrier, lease and ledger stay inside', () => {
  const inside = { context: { traceparent: '00-…' }, lease: { token: 'secret' }, ledger: [], history: [] };
  assert.deepEqual(viewWith(inside), {
    orderId: ORDER._id,
    customer: 'ada',
    items: ORDER.items,
    report: true,
    status: 'pending',
    createdAt: '2026-01-31T12:00:00.000Z',
    attempts: 0,
    traceIds: ORDER.traceIds,
  });
});

test('what no attempt has written yet may be missing', () => {
  const view = viewWith({ attempts: undefined, traceIds: undefined, report: undefined });
  assert.deepEqual([view?.attempts, view?.traceIds, view?.report], [0, [], false]);
});

const ENDED = new Date('2026-01-31T12:00:05Z');
const fulfilled = { key: 'fulfil', attempt: 2, token: '', at: ENDED };

for (const [what, change, endedAt] of [
  [
    'by the ledger',
    { status: 'fulfilled', ledger: [null, { ...fulfilled, key: 'report' }, fulfilled] },
    ENDED,
  ],
  ['of a dead letter since when it is one', { status: 'steps-failed', availableAt: ENDED }, ENDED],
  ['of a rejected order', { status: 'rejected', availableAt: ENDED }, ENDED],
  ['not of an order that is retried', { status: 'pending', availableAt: ENDED }, undefined],
  ['not by a ledger that is none', { status: 'fulfilled', ledger: 'none' }, undefined],
] as const) {
  test(`the end is shown ${what}`, () => {
    assert.equal(viewWith(change)?.endedAt, endedAt?.toISOString());
  });
}

for (const [what, change] of Object.entries({
  'no date': { createdAt: undefined },
  'a date that is a text': { createdAt: '2026-01-31' },
  'a date that JavaScript does not have': { createdAt: new Date(NaN) },
  'an unknown status': { status: 'done' },
  'items that are not a list': { items: 'lamp' },
  'attempts that are not a number': { attempts: 'two' },
  'traces that are not a list': { traceIds: {} },
})) {
  test(`${what} makes it no order`, () => assert.equal(viewWith(change), undefined));
}
