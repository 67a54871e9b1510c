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
 * @throws {TypeError} if `keys` is a string, whose letters would each be a key, or if it is not a list or set of strings
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
 * @throws {TypeError} if `keys` is not a list or set of strings
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

function keySet(keys: unknown): ReadonlySet<string> {
  const list = isIterable(keys) ? [...keys] : undefined;
  // No key contains white space, but `'tenant, tier'.split(',')` has some.
  if (list?.every((key) => typeof key === 'string')) return new Set(list.map((key) => key.trim()));
  const got = typeof keys === 'string' || Array.isArray(keys) ? JSON.stringify(keys) : String(keys);
  const example = JSON.stringify([typeof keys === 'string' ? keys : 'tenant']);
  throw new TypeError(`The baggage allow-list is ${got}. Expected a list of strings: ${example}`);
}

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value;
