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
 * Gives what precedes a baggage key where the propagator in use writes one field for each entry: Jaeger's `uberctx-`, OpenTracing's
 * `ot-baggage-`.
 *
 * `fields()` does not name such fields, so the propagator is asked once what it would write for an entry.
 */
function fieldPrefixes(): readonly string[] {
  const propagator = registered()?.propagation;
  if (!propagator) return [];
  const prefixes = known.get(propagator) ?? probe(propagator);
  known.set(propagator, prefixes);
  return prefixes;
}

/**
 * Gives each prefix with its name in a medium. One of which the medium keeps nothing is left out: every field would start with it,
 * also those that are not of the propagator.
 */
export function namedPrefixes(nameOf: (field: string) => string): [prefix: string, start: string][] {
  return fieldPrefixes()
    .map((prefix): [string, string] => [prefix, nameOf(prefix)])
    .filter(([, start]) => start !== '');
}

/** True for the context with which a propagator is asked: a filter on baggage must let it through. */
export function isProbe(context: Context): boolean {
  return context.getValue(IS_PROBE) === true;
}

function probe(propagator: TextMapPropagator): readonly string[] {
  const written: string[] = [];
  try {
    propagator.inject(PROBE, undefined, { set: (_carrier, field) => void written.push(field) });
  } catch {
    // Said where it is asked to inject in earnest.
  }
  return written
    .filter((field) => field.endsWith(PROBE_KEY) && field !== PROBE_KEY)
    .map((field) => field.slice(0, -PROBE_KEY.length));
}
