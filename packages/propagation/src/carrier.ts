import type { TextMapGetter, TextMapSetter } from '@opentelemetry/api';

/**
 * How one medium carries context: the setter and the getter of OpenTelemetry, and a way to take a field out.
 *
 * Values are opaque here: `set` replaces and writes what the medium can hold, `get` gives the text that is stored or
 * `undefined`, `clear` removes every trace of the field. What a value may be is decided above, by inject and extract.
 * Source: https://opentelemetry.io/docs/specs/otel/context/api-propagators/#textmap-propagator
 */
export interface Carrier<C> extends TextMapSetter<C>, TextMapGetter<C> {
  get(carrier: C, field: string): string | undefined;
  clear(carrier: C, field: string): void;
  /** True when there is nothing to clear: a new carrier need not be searched for every field. */
  isEmpty?(carrier: C): boolean;
  /** The name that a field has in this medium, where it is another one. */
  nameOf?(field: string): string;
  /** True when only the system itself writes this medium: the edge policy of the public endpoint does not apply to it. */
  readonly isInternal?: boolean;
}

/** A setter of OpenTelemetry that may also know how to take a field out, so that a second inject leaves nothing stale. */
export type ContextSetter<C> = TextMapSetter<C> & Partial<Carrier<C>>;

/** A getter of OpenTelemetry; a carrier's own says more. */
export type ContextGetter<C> = TextMapGetter<C> & Partial<Pick<Carrier<C>, 'nameOf' | 'isInternal'>>;

/** Carried context as a plain sub-document: one string for each field of the propagator, e.g. `{ traceparent: '00-…' }`. */
export type DocumentContext = Record<string, string>;
