import type { Carrier } from '../carrier.ts';
import { decodeHeaderValue, encodeHeaderValue } from './cloud-event-header-value.ts';
import { attributeNameOf, fitsEvent, isExtensionName } from './cloud-event-name.ts';
import { readHeader } from './header-text.ts';
import {
  fieldNames,
  holdsNothing,
  readField,
  readInAnyCase,
  removeField,
  removeInAnyCase,
  writeField,
} from './own-fields.ts';

/**
 * Carries context in the extension attributes of a CloudEvent that is sent over HTTP, with its attributes as headers
 * (`ce-traceparent`).
 *
 * The carried context is the one in which the event was created. The context of the HTTP request has its own header,
 * `traceparent`, which `mapCarrier` reads.
 * Source: https://github.com/cloudevents/spec/blob/main/cloudevents/bindings/http-protocol-binding.md#313-metadata-headers
 */
export const cloudEventHttpCarrier: Carrier<object> = prefixed('ce-', {
  encode: encodeHeaderValue,
  decode: decodeHeaderValue,
  read: readInAnyCase,
  remove: removeInAnyCase,
});

/**
 * Carries context in the extension attributes of a CloudEvent that is sent as a Kafka record, with its attributes as headers
 * (`ce_traceparent`).
 * Source: https://github.com/cloudevents/spec/blob/main/cloudevents/bindings/kafka-protocol-binding.md#323-metadata-headers
 */
export const cloudEventKafkaCarrier: Carrier<object> = prefixed('ce_', {
  encode: (value) => value,
  decode: (value) => value,
  read: readField,
  remove: removeField,
});

interface Binding {
  encode: (value: string) => string;
  decode: (value: string) => string | undefined;
  read: (headers: object, name: string) => unknown;
  remove: (headers: object, name: string) => void;
}

function prefixed(prefix: string, { encode, decode, read, remove }: Binding): Carrier<object> {
  const headerOf = (field: string): string => prefix + attributeNameOf(field);
  return {
    nameOf: attributeNameOf,
    set(headers, field, value) {
      if (fitsEvent(field)) writeField(headers, headerOf(field), encode(value));
    },
    get(headers, field) {
      const value = isExtensionName(attributeNameOf(field))
        ? readHeader(read(headers, headerOf(field)))
        : undefined;
      return value === undefined ? undefined : decode(value);
    },
    keys: (headers) =>
      fieldNames(headers)
        .filter((key) => key.startsWith(prefix))
        .map((key) => key.slice(prefix.length))
        .filter(isExtensionName),
    isEmpty: holdsNothing,
    clear(headers, field) {
      if (isExtensionName(attributeNameOf(field))) remove(headers, headerOf(field));
    },
  };
}
