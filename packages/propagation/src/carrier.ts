import type { TextMapGetter, TextMapSetter } from '@opentelemetry/api';

/**
 * How one medium carries context: OpenTelemetry's setter and getter, and a way to remove a field.
 *
 * Values are opaque to a carrier. `set` replaces a value, and leaves out what the medium can't hold. `get` returns the stored text or
 * `undefined`. `clear` removes the field completely. `injectContext` and `extractContext` check the values.
 * Source: https://opentelemetry.io/docs/specs/otel/context/api-propagators/#textmap-propagator
 */
export interface Carrier<C> extends TextMapSetter<C>, TextMapGetter<C> {
  get(carrier: C, field: string): string | undefined;
  clear(carrier: C, field: string): void;
  /** True if the carrier has nothing to clear, so that inject need not search a new carrier for every field. */
  isEmpty?(carrier: C): boolean;
  /** The name of a field in this medium, if it differs. */
  nameOf?(field: string): string;
  /** True if only your own system writes this medium, so that the edge policy of the public endpoint does not apply. */
  readonly isInternal?: boolean;
}

/** OpenTelemetry's setter. If it can also remove a field, a second inject leaves no stale fields. */
export type ContextSetter<C> = TextMapSetter<C> & Partial<Carrier<C>>;

/** OpenTelemetry's getter. A carrier's getter has more members. */
export type ContextGetter<C> = TextMapGetter<C> & Partial<Pick<Carrier<C>, 'nameOf' | 'isInternal'>>;

/** Carried context as a plain sub-document: one string for each field of the propagator, e.g. `{ traceparent: '00-…' }`. */
export type DocumentContext = Record<string, string>;
