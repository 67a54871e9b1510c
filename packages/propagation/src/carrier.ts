import type { TextMapGetter, TextMapSetter } from '@opentelemetry/api';

/**
 * How one medium carries context: the setter and the getter of OpenTelemetry, and a way to take a field out.
 *
 * `set` replaces; `get` gives a clean string or `undefined` and never throws; `clear` removes every trace of the field.
 * Source: https://opentelemetry.io/docs/specs/otel/context/api-propagators/#textmap-propagator
 */
export interface Carrier<C> extends TextMapSetter<C>, TextMapGetter<C> {
  clear(carrier: C, field: string): void;
  /** True when there is nothing to clear: a new carrier need not be searched for every field. */
  isEmpty?(carrier: C): boolean;
  /** True when only the system itself writes this medium: the edge policy of the public door does not apply to it. */
  readonly isInternal?: boolean;
}

/** A setter of OpenTelemetry that may also know how to take a field out, so that a second inject leaves nothing stale. */
export type ContextSetter<C> = TextMapSetter<C> & Partial<Pick<Carrier<C>, 'clear' | 'isEmpty'>>;

/** Carried context as a plain sub-document: one string for each field of the propagator, e.g. `{ traceparent: '00-…' }`. */
export type DocumentContext = Record<string, string>;
