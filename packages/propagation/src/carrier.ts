import type { TextMapGetter, TextMapSetter } from '@opentelemetry/api';

/**
 * A `Carrier` writes and reads the context in one medium, such as a document or an environment. You pass it to `injectContext`
 * and `extractContext`. It has the methods of OpenTelemetry's setter and getter, and can also remove a field, such as
 * `traceparent`.
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
 * `injectContext` writes into a carrier through a `ContextSetter`. You can pass OpenTelemetry's own setter. If the setter also
 * has the method `clear`, which removes a field, a second call of `injectContext` leaves no fields of the first call.
 */
export type ContextSetter<C> = TextMapSetter<C> & Partial<Carrier<C>>;

/**
 * `extractContext` reads a carrier through a `ContextGetter`. You can pass OpenTelemetry's own getter. The getter may also have
 * the members `nameOf` and `isInternal` of a `Carrier`.
 */
export type ContextGetter<C> = TextMapGetter<C> & Partial<Pick<Carrier<C>, 'nameOf' | 'isInternal'>>;

/**
 * A `DocumentContext` is a context in the form in which you store it in a document. It has one string for each field of the
 * propagator, such as `{ traceparent: '00-…' }`.
 */
export type DocumentContext = Record<string, string>;
