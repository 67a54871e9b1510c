import type { Carrier } from '../carrier.ts';
import { readHeader } from './header-text.ts';
import { fitsHeader, isHeaderName } from './header-value.ts';
import {
  fieldNames,
  holdsNothing,
  readInAnyCase,
  removeInAnyCase,
  writeField,
  type MapLike,
} from './own-fields.ts';

/**
 * `mapCarrier` reads and writes headers of this type, as Node.js returns them. The names are in lower case, and a repeated
 * header may be an array.
 */
export type HeaderMap = Record<string, string | string[] | undefined>;

/**
 * `mapCarrier` reads headers of this type. Clients of message brokers, such as KafkaJS, return headers as bytes instead of text.
 */
export type ByteHeaderMap = Record<string, HeaderBytes | HeaderBytes[] | undefined>;
type HeaderBytes = string | Uint8Array;

/**
 * Carries context in HTTP-like headers: a request's `headers`, a Fetch `Headers`, a `Map`, a message's properties.
 *
 * The carrier finds a header whatever the case of its name, such as `Traceparent` in an event of an API gateway.
 *
 * If a header is repeated, the carrier reads its values, joined by commas, as RFC 9110 defines. Two `traceparent` headers are
 * then invalid, and two `tracestate` headers are one list. https://www.rfc-editor.org/rfc/rfc9110#section-5.3
 * Source: https://opentelemetry.io/docs/specs/otel/context/api-propagators/#get
 */
export const mapCarrier: Carrier<MapLike> & Carrier<ByteHeaderMap> & Carrier<HeaderMap> = {
  set(headers, field, value) {
    if (isHeaderName(field) && fitsHeader(field, value)) writeField(headers, field, value);
  },
  get: (headers, field) => readHeader(readInAnyCase(headers, field)),
  keys: fieldNames,
  isEmpty: holdsNothing,
  clear: removeInAnyCase,
};
