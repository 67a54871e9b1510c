import {
  createContextKey,
  propagation,
  ROOT_CONTEXT,
  trace,
  type Context,
  type TextMapPropagator,
} from '@opentelemetry/api';
import type { ContextGetter } from './carrier.ts';
import { ignoreRejection } from './ignore-rejection.ts';
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

/** What a propagator reads or writes, although `fields()` doesn't list it. */
interface UnlistedFields {
  /** The prefixes of baggage fields, if it writes one field for each entry: Jaeger's `uberctx-`, OpenTracing's `ot-baggage-`. */
  prefixes: readonly string[];
  /** The fields of a context that it only reads: a B3 propagator reads `b3` and `x-b3-traceid`, whichever format it writes. */
  read: readonly string[];
}

/** Matches the fields of the common formats. A propagator may also read others, such as `authorization`, which aren't its own. */
const CONTEXT_FIELD =
  /^(?:traceparent|tracestate|baggage|b3|x-b3-.+|uber-trace-id|ot-tracer-.+|x-amzn-trace-id|x-instana-[tsl])$/i;

const known = new WeakMap<TextMapPropagator, UnlistedFields>();

/** Finds the unlisted fields of the propagator in use with a trial inject and a trial extract, once for each propagator. */
function unlistedFields(): UnlistedFields {
  const propagator = registered()?.propagation;
  if (!propagator) return { prefixes: [], read: [] };
  const unlisted = known.get(propagator) ?? { prefixes: probe(propagator), read: fieldsReadBy(propagator) };
  known.set(propagator, unlisted);
  return unlisted;
}

/** Returns the fields that the propagator in use writes or reads, except those with a prefix. Throws if `fields()` throws. */
export function allFields(): string[] {
  return [...propagation.fields(), ...unlistedFields().read];
}

/** Returns each prefix with its name in a medium. Leaves out a prefix that is empty in the medium, because every field would match it. */
export function namedPrefixes(nameOf: (field: string) => string): [prefix: string, start: string][] {
  return unlistedFields()
    .prefixes.map((prefix): [string, string] => [prefix, nameOf(prefix)])
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

function fieldsReadBy(propagator: TextMapPropagator): readonly string[] {
  const read = new Set<string>();
  // An edge policy doesn't apply to an internal carrier, so the trial reaches the propagator behind it.
  const getter: ContextGetter<unknown> = {
    get: (_carrier, field) => void read.add(field),
    keys: () => [],
    isInternal: true,
  };
  try {
    // Contrary to its type, a propagator may be asynchronous.
    ignoreRejection(propagator.extract(ROOT_CONTEXT, undefined, getter));
    for (const field of propagator.fields()) read.delete(field);
  } catch {
    // A real inject or extract reports this error.
  }
  return [...read].filter((field) => CONTEXT_FIELD.test(field));
}
