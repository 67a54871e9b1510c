import { propagation, type Baggage, type Context, type TextMapPropagator } from '@opentelemetry/api';

import { isProbe } from '../unlisted-fields.ts';

/**
 * Wraps a propagator so that only the named baggage keys come in and go out, whether the carrier is a header, a document, or a
 * Job.
 *
 * Baggage is not private: instrumentations pass it on to third parties, and anyone who can read a document or a Job can read its
 * baggage. So only the listed keys get through.
 * Source: https://opentelemetry.io/docs/concepts/signals/baggage/#baggage-security-considerations
 * @param keys the keys as a list or a set. White space around a key is ignored
 * @throws {TypeError} if `keys` is a string, whose letters would each be a key, or if it is neither a list nor a set
 */
export function withBaggageAllowList(
  inner: TextMapPropagator,
  keys: Iterable<string> & object,
): TextMapPropagator {
  const allowed = keySet(keys);
  return {
    inject(context, carrier, setter) {
      inner.inject(isProbe(context) ? context : keepBaggage(context, allowed), carrier, setter);
    },
    extract(context, carrier, getter) {
      const extracted = inner.extract(context, carrier, getter);
      // Unchanged baggage belongs to this process, and doesn't come from the carrier.
      return propagation.getBaggage(extracted) === propagation.getBaggage(context)
        ? extracted
        : keepBaggage(extracted, allowed);
    },
    fields: () => inner.fields(),
  };
}

/**
 * Returns a context whose baggage has only the allowed keys. Use it for a single context. To limit every context that a
 * propagator reads or writes, use `withBaggageAllowList`.
 * @param keys the keys as a list or a set. White space around a key is ignored
 * @throws {TypeError} if `keys` is neither a list nor a set
 */
export function allowBaggage(context: Context, keys: Iterable<string> & object): Context {
  return keepBaggage(context, keySet(keys));
}

function keepBaggage(context: Context, allowed: ReadonlySet<string>): Context {
  const baggage = propagation.getBaggage(context);
  const refused = baggage?.getAllEntries().flatMap(([key]) => (allowed.has(key) ? [] : [key])) ?? [];
  if (!baggage || refused.length === 0) return context;
  const kept: Baggage = baggage.removeEntries(...refused);
  return kept.getAllEntries().length > 0
    ? propagation.setBaggage(context, kept)
    : propagation.deleteBaggage(context);
}

// No key contains white space, but `'tenant, tier'.split(',')` has some.
function keySet(keys: unknown): ReadonlySet<string> {
  if (typeof keys === 'object' && keys !== null && Symbol.iterator in keys)
    return new Set(Array.from(keys as Iterable<unknown>, (key) => String(key).trim()));
  const example = JSON.stringify([typeof keys === 'string' ? keys : 'tenant']);
  throw new TypeError(
    `The baggage allow-list is ${typeof keys === 'string' ? JSON.stringify(keys) : String(keys)}. Expected a list: ${example}`,
  );
}
