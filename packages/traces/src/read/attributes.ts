import type { Attributes, AttributeValue } from '../tree/span.ts';
import { isObject } from './otlp-groups.ts';
import type { OtlpAttribute, OtlpValue } from './otlp-types.ts';

/** Converts OTLP's list of keys and typed values to a plain object. */
export function decodeAttributes(list: readonly OtlpAttribute[] | undefined): Attributes {
  // fromEntries defines own properties, so that a key `__proto__` is only a key.
  const attributes = listOf(list).filter(isObject);
  return Object.fromEntries(attributes.map(({ key, value }) => [key, decodeValue(value)]));
}

/** Returns the items of a list in an untrusted file, in which it may be anything else. */
export const listOf = <Item>(value: readonly Item[] | null | undefined): readonly Item[] =>
  Array.isArray(value) ? value : [];

function decodeValue(value: OtlpValue | undefined): AttributeValue {
  if (value === undefined || value === null) return null;
  if (value.stringValue !== undefined) return value.stringValue;
  if (value.boolValue !== undefined) return value.boolValue;
  if (value.intValue !== undefined) return decodeInteger(value.intValue);
  if (value.doubleValue !== undefined) return Number(value.doubleValue);
  if (value.bytesValue !== undefined) return value.bytesValue;
  if (value.arrayValue) return listOf(value.arrayValue.values).map(decodeValue);
  if (value.kvlistValue) return decodeAttributes(value.kvlistValue.values);
  return null;
}

/** Returns an invalid integer as it is, so that the other values can still be shown. */
function decodeInteger(value: string | number): number | bigint | string {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  return /^-?\d+$/.test(String(value)) ? BigInt(value) : value;
}
