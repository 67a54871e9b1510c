import type { TextMapGetter, TextMapSetter } from '@opentelemetry/api';

/**
 * How to carry a context in one medium, such as a document or an environment. A carrier has OpenTelemetry's setter and getter,
 * and can remove a field, such as `traceparent`.
 *
 * A carrier doesn't interpret values: `injectContext` and `extractContext` check them. `set` replaces a value, and leaves out a
 * value that the medium can't hold. `get` returns the stored text or `undefined`. `clear` removes the field completely.
 * Source: https://opentelemetry.io/docs/specs/otel/context/api-propagators/#textmap-propagator
 */
export interface Carrier<C> extends TextMapSetter<C>, TextMapGetter<C> {
  get(carrier: C, field: string): string | undefined;
  clear(carrier: C, field: string): void;
  /** True if the carrier has nothing to clear. `injectContext` then doesn't look for the fields of an earlier inject. */
  isEmpty?(carrier: C): boolean;
  /** The name that a field has in this medium, if that differs from the field's own name, as in `TRACEPARENT`. */
  nameOf?(field: string): string;
  /** True if only your own system writes this medium. The edge policy of a public endpoint then doesn't apply to it. */
  readonly isInternal?: boolean;
}

/**
 * How `injectContext` writes into a carrier. OpenTelemetry's own setter is enough. If the setter also has the method `clear`, which
 * removes a field, a second inject leaves no stale fields.
 */
export type ContextSetter<C> = TextMapSetter<C> & Partial<Carrier<C>>;

/**
 * How `extractContext` reads a carrier. OpenTelemetry's own getter is enough. It may also have the members `nameOf` and
 * `isInternal` of a `Carrier`.
 */
export type ContextGetter<C> = TextMapGetter<C> & Partial<Pick<Carrier<C>, 'nameOf' | 'isInternal'>>;

/** Carried context as a plain sub-document: one string for each field of the propagator, e.g. `{ traceparent: '00-…' }`. */
export type DocumentContext = Record<string, string>;
