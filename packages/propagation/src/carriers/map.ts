import type { Carrier } from '../carrier.ts';
import { fitsHeader, readFieldValue } from '../field-value.ts';
import { isEmptyObject } from './is-empty-object.ts';
import { isReadable } from './is-readable.ts';

/** Headers as Node gives them: lower-case names; a repeated one may be an array. */
export type HeaderMap = Record<string, string | string[] | undefined>;

/**
 * Carries context in a plain map of HTTP-like headers, e.g. a request's `headers` or a message's properties.
 *
 * A repeated header is joined by commas, as RFC 9110 defines it: two `traceparent` are then no valid one, two `tracestate`
 * are one list. https://www.rfc-editor.org/rfc/rfc9110#section-5.3
 */
export const mapCarrier: Carrier<HeaderMap> = {
  set(headers, field, value) {
    if (fitsHeader(field, value)) headers[field] = value;
  },
  get(headers, field) {
    if (!isReadable(headers) || !Object.hasOwn(headers, field)) return undefined;
    const value: unknown = headers[field];
    return readFieldValue(isListOfStrings(value) ? value.join(',') : value);
  },
  keys(headers) {
    return isReadable(headers) ? Object.keys(headers) : [];
  },
  isEmpty: isEmptyObject,
  clear(headers, field) {
    if (Object.hasOwn(headers, field)) delete headers[field];
  },
};

function isListOfStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
