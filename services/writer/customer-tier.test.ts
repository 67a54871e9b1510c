import assert from 'node:assert/strict';
import { test } from 'node:test';
import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { withCustomerTier } from './customer-tier.ts';

context.setGlobalContextManager(new AsyncLocalStorageContextManager());

const TIER = 'demo.customer.tier';
const order = (...prices: number[]) => ({
  customer: 'ada',
  items: prices.map((unitPriceCents) => ({ sku: 'lamp', quantity: 2, unitPriceCents })),
});
const tierOf = (...prices: number[]) =>
  propagation.getBaggage(withCustomerTier(order(...prices)))?.getEntry(TIER)?.value;

test('an order of 1,000 or more is gold, all items together', () => {
  assert.deepEqual([tierOf(50_000), tierOf(49_999), tierOf(25_000, 25_000)], ['gold', 'standard', 'gold']);
});

test('other baggage stays, and what a caller says of its tier is replaced', () => {
  const sent = propagation.createBaggage({ [TIER]: { value: 'gold' }, 'other.key': { value: 'kept' } });
  context.with(propagation.setBaggage(ROOT_CONTEXT, sent), () => {
    const baggage = propagation.getBaggage(withCustomerTier(order(1)));
    assert.equal(baggage?.getEntry(TIER)?.value, 'standard');
    assert.equal(baggage?.getEntry('other.key')?.value, 'kept');
  });
});
