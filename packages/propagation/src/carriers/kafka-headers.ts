import type { Carrier } from '../carrier.ts';
import { readHeaderText } from './header-text.ts';
import { holdsNothing, isMapLike, removeField, writeField, type MapLike } from './own-fields.ts';

/**
 * Carries context in the headers of a Kafka record. The headers may be an object (KafkaJS), a `Map` (@platformatic/kafka), or a
 * list of objects or pairs (node-rdkafka). The carrier reads names and values that are text or bytes, and writes text.
 *
 * If a header is repeated, the carrier reads the last one, because the most recent sender wrote it. `lastHeader` of Kafka's own
 * client also reads the last one.
 * Source: https://kafka.apache.org/41/javadoc/org/apache/kafka/common/header/Headers.html
 */
export const kafkaHeadersCarrier: Carrier<object> = headersCarrier((text) => text);

/**
 * Carries context in the headers of a Kafka record, as bytes. Use it if your client has no serializers that turn text into
 * bytes. The carrier works like `kafkaHeadersCarrier`, but writes names and values as bytes, into a `Map` or a list of pairs.
 *
 * For example, @platformatic/kafka without serializers refuses a record with text in its headers. If you pass
 * `stringSerializers` to this client, use `kafkaHeadersCarrier` instead, because the client then sends bytes as null.
 */
export const kafkaBytesCarrier: Carrier<object> = headersCarrier((text) => utf8.encode(text));

const utf8 = new TextEncoder();

function headersCarrier(encode: (text: string) => unknown): Carrier<object> {
  return {
    set(headers, field, value) {
      removeHeader(headers, field);
      if (isMapLike(headers)) headers.set(encode(field) as string, encode(value) as string);
      else if (!Array.isArray(headers)) writeField(headers, field, encode(value) as string);
      else
        headers.push(Array.isArray(headers[0]) ? [encode(field), encode(value)] : { [field]: encode(value) });
    },
    get(headers, field) {
      const value = entriesOf(headers).findLast(([name]) => readHeaderText(name) === field)?.[1];
      // KafkaJS returns a repeated header as a list.
      return readHeaderText(Array.isArray(value) ? value.at(-1) : value);
    },
    keys(headers) {
      const names = entriesOf(headers).map(([name]) => readHeaderText(name));
      return [...new Set(names.filter((name) => name !== undefined))];
    },
    isEmpty: holdsNothing,
    clear: removeHeader,
  };
}

type Entry = readonly [name: unknown, value: unknown];

function entriesOf(headers: unknown): Entry[] {
  if (Array.isArray(headers)) return headers.flatMap(entriesOfItem);
  if (typeof headers !== 'object' || headers === null) return [];
  return isMapLike(headers) ? entriesOfMap(headers) : Object.entries(headers);
}

function entriesOfItem(item: unknown): Entry[] {
  if (Array.isArray(item)) return [[item[0], item[1]]];
  return typeof item === 'object' && item !== null ? Object.entries(item) : [];
}

// Without deserializers, names are byte arrays. Equal bytes are different keys of the map, so callers have to compare each name.
function entriesOfMap(map: { keys(): Iterable<unknown>; get(name: never): unknown }): Entry[] {
  return Array.from(map.keys(), (name) => [name, map.get(name as never)]);
}

function removeHeader(headers: object, field: string): void {
  if (Array.isArray(headers)) removeItems(headers, field);
  else if (isMapLike(headers)) removeKeys(headers, field);
  else removeField(headers, field);
}

function removeItems(items: unknown[], field: string): void {
  const isField = ([name]: Entry): boolean => readHeaderText(name) === field;
  if (!items.some((item) => entriesOfItem(item).some(isField))) return;
  const kept = items.flatMap((item) => {
    const others = entriesOfItem(item).filter((entry) => !isField(entry));
    if (others.length === entriesOfItem(item).length) return [item];
    // An object may hold other headers as well.
    return others.length > 0 ? [Object.fromEntries(others as [string, unknown][]) as unknown] : [];
  });
  items.splice(0, items.length, ...kept);
}

function removeKeys(map: MapLike, field: string): void {
  const names = Array.from(map.keys()).filter((name) => readHeaderText(name) === field);
  for (const name of names) map.delete(name as string);
}
