import { propagation, type Context } from '@opentelemetry/api';
import type { ContextSetter, DocumentContext } from './carrier.ts';
import { documentCarrier } from './carriers/document.ts';
import { CheckedSetter } from './checked-carrier.ts';
import { currentContext } from './current-context.ts';
import { explainSilence } from './explain-silence.ts';
import { allFields, namedPrefixes } from './unlisted-fields.ts';
import { attempt, reportOnce } from './report-once.ts';
import { withKnownFlags } from './trace-flags.ts';

const plainSetter: ContextSetter<unknown> = documentCarrier;

/**
 * Writes a context into a carrier, and returns the carrier. Call it in the sender. It first removes the fields that an earlier
 * call wrote. Never throws.
 *
 * The global propagator determines the fields. If no propagator is set, as in a process without an SDK, or if the context has
 * nothing to carry, the call writes nothing.
 * @param setter how to write into this carrier; the default writes into a plain object
 */
export function injectContext<C>(source: Context, carrier: C, setter: ContextSetter<C> = plainSetter): C {
  const checked = new CheckedSetter(setter);
  try {
    // Checked here, where V8 can inline it, because nearly every inject gets an empty carrier.
    if (!setter.isEmpty?.(carrier)) attempt('remove an earlier context', () => clearFields(carrier, setter));
    propagation.inject(withKnownFlags(source), carrier, checked);
  } catch (error) {
    reportOnce('Failed to inject context; the work continues without it.', error);
  }
  if (!checked.hasWritten) explainSilence();
  return carrier;
}

/** Writes the current context into a carrier and returns the carrier: {@link injectContext} with `context.active()`. */
export function injectCurrentContext<C>(carrier: C, setter: ContextSetter<C> = plainSetter): C {
  return injectContext(currentContext(), carrier, setter);
}

/**
 * Returns the current context as a sub-document to store with the business data, or `undefined` if there is nothing to carry.
 *
 * Call it in the code that writes the data. Code that sends or processes the data later may run in the context of another
 * request.
 */
export function captureContext(source: Context = currentContext()): DocumentContext | undefined {
  const carrier = injectContext<DocumentContext>(source, {}, documentCarrier);
  return Object.keys(carrier).length > 0 ? carrier : undefined;
}

// A propagator may read or write fields that `fields()` doesn't list, such as one for each baggage entry, with a prefix.
function clearFields<C>(carrier: C, setter: ContextSetter<C>): void {
  if (!setter.clear) return;
  for (const field of allFields()) setter.clear(carrier, field);
  for (const [, start] of namedPrefixes((prefix) => setter.nameOf?.(prefix) ?? prefix)) {
    for (const key of setter.keys?.(carrier) ?? []) {
      if (key.startsWith(start)) setter.clear(carrier, key);
      // A carrier that ignores case finds `Uberctx-Tenant` by its lower-case name. Any other carrier doesn't.
      else if (key.toLowerCase().startsWith(start)) setter.clear(carrier, key.toLowerCase());
    }
  }
}
