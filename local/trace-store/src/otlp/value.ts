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

/** Arrays and maps inside one another up to here; what is deeper is refused instead of filling the call stack. */
const maxDepth = 16;

const int64 = z
  .union([z.string().regex(/^-?\d{1,19}$/), z.int().transform(String)])
  .refine((value) => BigInt.asIntN(64, BigInt(value)) === BigInt(value), 'expected a 64-bit integer')
  .transform((value) => String(BigInt(value)));

// A double that is not finite has no JSON number: protobuf writes it as one of these words.
const double = z.union([
  z.number(),
  z.enum(['NaN', 'Infinity', '-Infinity']),
  z.string().regex(/^-?\d/).transform(Number).pipe(z.number()),
]);

function valueSchema(depth: number): z.ZodType<AnyValue> {
  const inner = depth === 0 ? z.never('nested too deeply') : valueSchema(depth - 1);
  const oneOf = z.object({
    stringValue: nullToEmpty(
      z.string().transform((value) => value.toWellFormed()),
      '',
    ),
    boolValue: z.boolean().optional(),
    intValue: int64.optional(),
    doubleValue: double.optional(),
    bytesValue: z.base64().optional(),
    arrayValue: z.object({ values: z.array(inner).nullish().transform(emptyToAbsent) }).optional(),
    kvlistValue: z.object({ values: z.array(keyValue(inner)).nullish().transform(emptyToAbsent) }).optional(),
  });
  return z.preprocess(keepLast, oneOf);
}

// The types exclude one another; of several the last one counts, as everywhere in protobuf.
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
    value: nullToEmpty(value, {}).transform((present) => present ?? {}),
  });
}

function nullToEmpty<T>(schema: z.ZodType<T>, empty: T) {
  return z.union([schema, z.null().transform(() => empty)]).optional();
}

function emptyToAbsent<T>(values: T[] | null | undefined): T[] | undefined {
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

/** One attribute: a key and a typed value; an absent value is `{}`. */
export const attribute = {
  fields: {
    1: { name: 'key', ...SCALARS.text },
    2: { name: 'value', ...embedded(() => anyValueFields) },
  } satisfies WireFields,
  json: keyValue(valueSchema(maxDepth)),
};
