import { diag, propagation, ROOT_CONTEXT, type Context, type TextMapGetter } from '@opentelemetry/api';
import { documentCarrier } from './carriers/document.ts';

const plainGetter: TextMapGetter<unknown> = documentCarrier;

/**
 * Reads the context that a carrier holds. Never throws: anything malformed gives back `base`.
 *
 * @param getter how to read this carrier; by default it is a plain object, whatever a database or a caller made of it
 * @param base what the result is built on; the root by default, so that a poller's own span does not become the parent
 */
export function extractContext<C>(
  carrier: C,
  getter: TextMapGetter<C> = plainGetter,
  base: Context = ROOT_CONTEXT,
): Context {
  try {
    return propagation.extract(base, carrier, getter);
  } catch (error) {
    diag.debug('Failed to extract context; went on without it.', error);
    return base;
  }
}
