import { context, propagation, type Context } from '@opentelemetry/api';
import { ATTR, type PlaceOrder } from '@beyond-headers/contracts';

const GOLD_FROM_CENTS = 100_000;

/**
 * Returns the active context with the customer's tier as baggage. The tier is decided once, at the public endpoint, and every process
 * that works on the order sees it, whatever the carrier. It replaces a value that the caller sent under the same key.
 */
export function withCustomerTier(body: PlaceOrder): Context {
  const active = context.active();
  const baggage = propagation.getBaggage(active) ?? propagation.createBaggage();
  return propagation.setBaggage(active, baggage.setEntry(ATTR.customerTier, { value: tierOf(body) }));
}

function tierOf({ items }: PlaceOrder): 'gold' | 'standard' {
  const totalCents = items.reduce((sum, { quantity, unitPriceCents }) => sum + quantity * unitPriceCents, 0);
  return totalCents >= GOLD_FROM_CENTS ? 'gold' : 'standard';
}
