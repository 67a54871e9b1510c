import { propagation, ROOT_CONTEXT, type Context } from '@opentelemetry/api';
import type { ContextGetter } from './carrier.ts';
import { documentCarrier } from './carriers/document.ts';
import { CheckedGetter, type FieldValues } from './checked-carrier.ts';
import { explainSilence } from './explain-silence.ts';
import { ignoreRejection } from './ignore-rejection.ts';
import { reportOnce } from './report-once.ts';

const plainGetter: ContextGetter<unknown> = documentCarrier;

/**
 * Returns the context that a carrier holds. Call it in the receiver. Never throws: if the carrier is malformed, it returns
 * `base`.
 *
 * @param getter how to read this carrier; the default reads any object, whatever a database or a caller put into it
 * @param base the context to which the result is added; by default the empty root context. If you passed the active context, and
 *   the carrier held none, the receiver's active span would become the parent
 * @param values which values the propagator sees; `checked` by default, as {@link FieldValues} describes
 */
export function extractContext<C>(
  carrier: C,
  getter: ContextGetter<C> = plainGetter,
  base: Context = ROOT_CONTEXT,
  values?: FieldValues,
): Context {
  try {
    const extracted = contextOr(base, propagation.extract(base, carrier, new CheckedGetter(getter, values)));
    if (extracted === base) explainSilence();
    return extracted;
  } catch (error) {
    reportOnce('Failed to extract context; the work continues without it.', error);
    return base;
  }
}

// Contrary to its type, a propagator that finds no context may return nothing.
function contextOr(base: Context, extracted: Partial<Context> | null | undefined): Context {
  if (typeof extracted?.getValue === 'function') return extracted as Context;
  ignoreRejection(extracted);
  return base;
}
