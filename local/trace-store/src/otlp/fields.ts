import { z } from 'zod';
import { embedded, repeated, SCALARS, type Wire, type WireFields } from './wire.ts';

interface Field<Json extends z.ZodType = z.ZodType> extends Wire {
  number: number;
  json: Json;
}

type JsonOf<Shape extends Record<string, Field>> = { [Name in keyof Shape]: Shape[Name]['json'] };

interface Message<Json extends z.ZodType = z.ZodType> {
  fields: WireFields;
  json: Json;
}

/**
 * Describes a protobuf message by the names of its fields. The JSON schema drops unknown fields. It also drops empty ones, as
 * protobuf drops default values.
 */
export function message<Shape extends Record<string, Field>>(shape: Shape) {
  const entries = Object.entries(shape);
  const fields = entries.map(([name, { number, json: _json, ...wire }]) => [number, { name, ...wire }]);
  const json = Object.fromEntries(entries.map(([name, field]) => [name, field.json])) as JsonOf<Shape>;
  return { fields: Object.fromEntries(fields) as WireFields, json: z.object(json).transform(withoutEmpty) };
}

function withoutEmpty<T extends object>(fields: T): Partial<T> {
  const kept = Object.entries(fields).filter(([, value]) => !isEmpty(value));
  return Object.fromEntries(kept) as Partial<T>;
}

function isEmpty(value: unknown): boolean {
  return (value ?? '') === '' || value === 0 || (Array.isArray(value) && value.length === 0);
}

const field =
  <Json extends z.ZodType>(wire: Wire, json: Json) =>
  (number: number): Field<Json> => ({ number, ...wire, json });

export const one = <Json extends z.ZodType>(number: number, { fields, json }: Message<Json>) => ({
  number,
  ...embedded(() => fields),
  json: json.nullish(),
});

export const many = <Json extends z.ZodType>(number: number, { fields, json }: Message<Json>) => ({
  number,
  ...repeated(() => fields),
  json: z.array(json).nullish(),
});

/** A string. `null` counts as empty. A lone surrogate, which UTF-8 can't encode, becomes U+FFFD. */
export const text = field(
  SCALARS.text,
  z
    .string()
    .nullish()
    .transform((value) => value?.toWellFormed()),
);

/** An id of `bytes` bytes as hex digits in either case. An empty or all-zero id becomes undefined. */
export function id(number: number, bytes: number) {
  const json = z
    .string()
    .regex(new RegExp(`^([0-9a-fA-F]{${bytes * 2}})?$`), `expected ${bytes * 2} hex digits`)
    .transform((value) => (/^0*$/.test(value) ? undefined : value.toLowerCase()))
    .optional();
  return field(SCALARS.hex, json)(number);
}

const digits = z.union(
  [z.string().regex(/^\d{1,20}$/, { abort: true }), z.int().nonnegative().transform(String)],
  'expected an unsigned integer',
);

/** Nanoseconds since 1970 as a string of decimal digits. Zero becomes undefined. */
export const nanoseconds = field(
  SCALARS.fixed64,
  digits
    .refine((value) => BigInt(value) <= 2n ** 64n - 1n, 'expected an unsigned 64-bit integer')
    .transform((value) => (BigInt(value) === 0n ? undefined : String(BigInt(value))))
    .optional(),
);

const uint32 = digits
  .transform(Number)
  .refine((value) => value < 2 ** 32, 'expected an unsigned 32-bit integer')
  .optional();
export const count = field(SCALARS.uint32, uint32);
export const flags = field(SCALARS.fixed32, uint32);

/** An enum value, as a number or as a name with `prefix`. Unknown numbers are kept. */
export function enumeration(number: number, prefix: string, names: readonly string[]) {
  const byName = z
    .enum(names.map((name) => prefix + name))
    .transform((name) => names.indexOf(name.slice(prefix.length)));
  return field(SCALARS.int32, z.union([z.int32(), byName]).optional())(number);
}
