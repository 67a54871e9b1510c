import {
  createContextKey,
  propagation,
  ROOT_CONTEXT,
  trace,
  type Context,
  type TextMapPropagator,
} from '@opentelemetry/api';
import { registered } from './registry.ts';

const PROBE_KEY = 'beyondheadersprobe';
const IS_PROBE = createContextKey('probe for field prefixes');

const PROBE = trace.setSpanContext(
  propagation.setBaggage(
    ROOT_CONTEXT.setValue(IS_PROBE, true),
    propagation.createBaggage({ [PROBE_KEY]: { value: '1' } }),
  ),
  { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 },
);

const known = new WeakMap<TextMapPropagator, readonly string[]>();

/**
 * Returns the prefixes of baggage fields, if the propagator in use writes one field for each baggage entry: Jaeger's `uberctx-`,
 * OpenTracing's `ot-baggage-`.
 *
 * `fields()` doesn't list these fields, so a trial inject finds them, once for each propagator.
 */
function fieldPrefixes(): readonly string[] {
  const propagator = registered()?.propagation;
  if (!propagator) return [];
  const prefixes = known.get(propagator) ?? probe(propagator);
  known.set(propagator, prefixes);
  return prefixes;
}

/** Returns each prefix with its name in a medium. Leaves out a prefix that is empty in the medium, because every field would match it. */
export function namedPrefixes(nameOf: (field: string) => string): [prefix: string, start: string][] {
  return fieldPrefixes()
    .map((prefix): [string, string] => [prefix, nameOf(prefix)])
    .filter(([, start]) => start !== '');
}

/** Reports whether a context is the probe of the trial inject. A baggage filter must let it through. */
export function isProbe(context: Context): boolean {
  return context.getValue(IS_PROBE) === true;
}

function probe(propagator: TextMapPropagator): readonly string[] {
  const written: string[] = [];
  try {
    propagator.inject(PROBE, undefined, { set: (_carrier, field) => void written.push(field) });
  } catch {
    // A real inject reports this error.
  }
  return written
    .filter((field) => field.endsWith(PROBE_KEY) && field !== PROBE_KEY)
    .map((field) => field.slice(0, -PROBE_KEY.length));
}
