import { propagation, ROOT_CONTEXT, type Context } from '@opentelemetry/api';
import type { ContextGetter } from './carrier.ts';
import { documentCarrier } from './carriers/document.ts';
import { CheckedGetter, type FieldValues } from './checked-carrier.ts';
import { explainSilence } from './explain-silence.ts';
import { reportOnce } from './report-once.ts';

const plainGetter: ContextGetter<unknown> = documentCarrier;

/**
 * Reads the context that a carrier holds. Never throws: anything malformed gives back `base`.
 *
 * @param getter how to read this carrier; by default it is an object, whatever a database or a caller made of it
 * @param base what the result is built on; the root by default, so that a poller's own span does not become the parent
 * @param values what the propagator may see of the values; by default only clean text of bounded length
 */
export function extractContext<C>(
  carrier: C,
  getter: ContextGetter<C> = plainGetter,
  base: Context = ROOT_CONTEXT,
  values?: FieldValues,
): Context {
  try {
    const extracted = propagation.extract(base, carrier, new CheckedGetter(getter, values));
    if (extracted === base) explainSilence();
    return extracted;
  } catch (error) {
    reportOnce('Failed to extract context; the work goes on without it.', error);
    return base;
  }
}
