import { propagation, type TextMapGetter, type TextMapSetter } from '@opentelemetry/api';
import type { ContextGetter, ContextSetter } from './carrier.ts';
import { namedPrefixes } from './unlisted-fields.ts';
import { isFieldValue, readFieldValue } from './field-value.ts';

/**
 * With this option of `extractContext` and `extractFromEnvironment`, you choose which values the propagator sees when it reads a
 * carrier.
 *
 * - `checked`: only text of at most {@link MAX_FIELD_BYTES} characters. Spaces and tabs around the text are removed. The
 *   propagator doesn't see text that still begins or ends with white space, such as a line break. It also doesn't see a list
 *   (`a=1,b=2`) that contains a control character other than a tab.
 * - `opaque`: every value, as the carrier's own getter returns it
 */
export type FieldValues = 'checked' | 'opaque';

/** A setter that leaves out values that no reader would accept, and records whether it has written any value. */
export class CheckedSetter<C> implements TextMapSetter<C> {
  hasWritten = false;
  readonly #inner: ContextSetter<C>;

  constructor(inner: ContextSetter<C>) {
    this.#inner = inner;
  }

  set(carrier: C, field: string, value: string): void {
    if (!isFieldValue(field, value)) return;
    this.#inner.set(carrier, field, value);
    this.hasWritten = true;
  }
}

/** A getter that checks values. For propagators that search `keys()`, it also returns the names that they know. */
export class CheckedGetter<C> implements TextMapGetter<C> {
  readonly isInternal: boolean;
  readonly #inner: ContextGetter<C>;
  readonly #values: FieldValues | undefined;

  constructor(inner: ContextGetter<C>, values?: FieldValues) {
    this.isInternal = inner.isInternal === true;
    this.#inner = inner;
    this.#values = values;
  }

  get(carrier: C, field: string): string | string[] | undefined {
    const value = this.#inner.get(carrier, field);
    // Most fields are absent.
    if (value === undefined || this.#values === 'opaque') return value;
    return Array.isArray(value) ? readFieldValues(field, value) : readFieldValue(field, value);
  }

  /** Returns the names in the medium (`UBERCTX_TENANT`), and also the propagator's own names (`uberctx-tenant`). */
  keys(carrier: C): string[] {
    const nameOf = this.#inner.nameOf?.bind(this.#inner);
    const keys = this.#inner.keys(carrier);
    if (!nameOf) return keys;
    const present = new Set(keys);
    const fields = propagation.fields().filter((field) => present.has(nameOf(field)));
    const prefixed = namedPrefixes(nameOf).flatMap(([prefix, start]) =>
      keys
        .filter((key) => key.startsWith(start))
        .map((key) => ({ key, name: prefix + key.slice(start.length).toLowerCase() }))
        // In a medium that keeps the case of names, such as annotations, the lower-case name would be a different field.
        .flatMap(({ key, name }) => (nameOf(name) === key ? name : [])),
    );
    return [...new Set([...keys, ...fields, ...prefixed])];
  }
}

function readFieldValues(field: string, values: string[]): string[] | undefined {
  const checked = values.map((value) => readFieldValue(field, value));
  return checked.every((value) => value !== undefined) ? checked : undefined;
}
