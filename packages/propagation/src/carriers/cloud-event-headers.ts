import type { Carrier } from '../carrier.ts';
import { decodeHeaderValue, encodeHeaderValue } from './cloud-event-header-value.ts';
import { attributeCarrier } from './cloud-event-attributes.ts';
import { readHeader } from './header-text.ts';
import { readField, readInAnyCase, removeInAnyCase } from './own-fields.ts';

/**
 * Carries context in the extension attributes of a CloudEvent that is sent over HTTP, with its attributes as headers
 * (`ce-traceparent`).
 *
 * The carried context is the one in which the event was created. The context of the HTTP request has its own header,
 * `traceparent`, which `mapCarrier` reads.
 * Source: https://github.com/cloudevents/spec/blob/main/cloudevents/bindings/http-protocol-binding.md#313-metadata-headers
 */
export const cloudEventHttpCarrier: Carrier<object> = attributeCarrier({
  prefix: 'ce-',
  encode: encodeHeaderValue,
  read(headers, name) {
    const value = readHeader(readInAnyCase(headers, name));
    return value === undefined ? undefined : decodeHeaderValue(value);
  },
  remove: removeInAnyCase,
});

/**
 * Carries context in the extension attributes of a CloudEvent that is sent as a Kafka record, with its attributes as headers
 * (`ce_traceparent`).
 * Source: https://github.com/cloudevents/spec/blob/main/cloudevents/bindings/kafka-protocol-binding.md#323-metadata-headers
 */
export const cloudEventKafkaCarrier: Carrier<object> = attributeCarrier({
  prefix: 'ce_',
  read: (headers, name) => readHeader(readField(headers, name)),
});
