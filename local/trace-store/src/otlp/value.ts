import { z } from 'zod';
import { embedded, repeated, SCALARS, type WireFields } from './wire.ts';

export interface AnyValue {
  stringValue?: string;
  boolValue?: boolean;
  intValue?: string;
  doubleValue?: number | string;
  bytesValue?: string;
  arrayValue?: { values?: AnyValue[] };
  kvlistValue?: { values?: KeyValue[] };
}

export interface KeyValue {
  key?: string;
  value: AnyValue;
}

/** The maximum nesting of arrays and maps. Deeper values are refused, so that they can't overflow the call stack. */
const maxDepth = 16;

const int64 = z
  .union(
    [z.string().regex(/^-?\d{1,19}$/, { abort: true }), z.int().transform(String)],
    'expected a 64-bit integer',
  )
  .refine((value) => BigInt.asIntN(64, BigInt(value)) === BigInt(value), 'expected a 64-bit integer')
  .transform((value) => String(BigInt(value)));

// JSON has no numbers for infinities and NaN. Protobuf's JSON uses these words.
const double = z.union([
  z.number(),
  z.enum(['NaN', 'Infinity', '-Infinity']),
  z.string().regex(/^-?\d/).transform(Number).pipe(z.number()),
]);

function valueSchema(depth: number): z.ZodType<AnyValue> {
  const inner = depth === 0 ? z.never('nested too deeply') : valueSchema(depth - 1);
  const oneOf = z.object({
    stringValue: z
      .string()
      .nullable()
      .transform((text) => text?.toWellFormed() ?? '')
      .optional(),
    boolValue: z.boolean().optional(),
    intValue: int64.optional(),
    doubleValue: double.optional(),
    bytesValue: z.base64().optional(),
    arrayValue: z.object({ values: z.array(inner).nullish().transform(emptyToAbsent) }).optional(),
    kvlistValue: z.object({ values: z.array(keyValue(inner)).nullish().transform(emptyToAbsent) }).optional(),
  });
  return z.preprocess(keepLast, oneOf);
}

// The types exclude one another. If several are set, the last one wins, as in protobuf.
function keepLast(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const last = Object.entries(value).findLast(([name]) => name.endsWith('Value'));
  return last ? Object.fromEntries([last]) : {};
}

function keyValue(value: z.ZodType<AnyValue>): z.ZodType<KeyValue> {
  return z.object({
    key: z
      .string()
      .nullish()
      .transform((key) => key?.toWellFormed() || undefined),
    value: value.nullish().transform((present) => present ?? {}),
  });
}

/** JSON and protobuf leave an empty list out. */
export function emptyToAbsent<T>(values: T[] | null | undefined): T[] | undefined {
  return values && values.length > 0 ? values : undefined;
}

const anyValueFields: WireFields = {
  1: { name: 'stringValue', ...SCALARS.text },
  2: { name: 'boolValue', ...SCALARS.bool },
  3: { name: 'intValue', ...SCALARS.int64 },
  4: { name: 'doubleValue', ...SCALARS.double },
  5: {
    name: 'arrayValue',
    ...embedded(() => ({ 1: { name: 'values', ...repeated(() => anyValueFields) } })),
  },
  6: {
    name: 'kvlistValue',
    ...embedded(() => ({ 1: { name: 'values', ...repeated(() => attribute.fields) } })),
  },
  7: { name: 'bytesValue', ...SCALARS.bytes },
};

/** A value of any type. */
export const anyValue = { fields: anyValueFields, json: valueSchema(maxDepth) };

/** An attribute: a key and a typed value. A missing value becomes `{}`. */
export const attribute = {
  fields: {
    1: { name: 'key', ...SCALARS.text },
    2: { name: 'value', ...embedded(() => anyValueFields) },
  } satisfies WireFields,
  json: keyValue(valueSchema(maxDepth)),
};
