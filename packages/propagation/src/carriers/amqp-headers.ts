import type { Carrier } from '../carrier.ts';
import { fitsAmqpTable } from './amqp-table.ts';
import { readHeaderText } from './header-text.ts';
import { fieldNames, holdsNothing, readField, removeField, writeField } from './own-fields.ts';

/**
 * Matches the headers that RabbitMQ itself writes or interprets.
 * https://www.rabbitmq.com/docs/dlx#effects and https://www.rabbitmq.com/docs/sender-selected
 */
const BROKER_NAMES = /^(?:B?CC|x-death|x-(?:first|last)-death-.*)$/;

/**
 * Carries context in the headers of a message of AMQP 0-9-1, a protocol of RabbitMQ. The headers are the object `headers` in the
 * message properties of amqplib and similar clients. The carrier reads values that are text or bytes, and writes text. If you
 * forward a message, first copy its headers, then inject.
 *
 * Headers that RabbitMQ itself adds, such as `x-death`, are neither read nor changed. The carrier leaves out a field that would
 * make the headers too large, because the client would throw an error instead of publishing the message.
 */
export const amqpHeadersCarrier: Carrier<object> = {
  set(headers, field, value) {
    if (isOwn(field) && fitsAmqpTable(headers, field, value)) writeField(headers, field, value);
  },
  get: (headers, field) => (isOwn(field) ? readHeaderText(readField(headers, field)) : undefined),
  keys: (headers) => fieldNames(headers).filter(isOwn),
  isEmpty: holdsNothing,
  clear(headers, field) {
    if (isOwn(field)) removeField(headers, field);
  },
};

const isOwn = (name: string): boolean => !BROKER_NAMES.test(name);
