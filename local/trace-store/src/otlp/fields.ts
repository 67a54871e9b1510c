import { z } from 'zod';

const maxUint64 = 2n ** 64n - 1n;
const maxUint32 = 2 ** 32 - 1;

/** An object whose unknown fields are dropped and whose empty fields are left out, as protobuf does with default values. */
export function record<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.object(shape).transform(withoutEmpty);
}

function withoutEmpty<T extends object>(fields: T): Partial<T> {
  const kept = Object.entries(fields).filter(([, value]) => !isEmpty(value));
  return Object.fromEntries(kept) as Partial<T>;
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    value === 0 ||
    (Array.isArray(value) && value.length === 0)
  );
}

export function list<Item extends z.ZodType>(item: Item) {
  return z.array(item).nullish();
}

/** `null` is the empty text; half a surrogate pair, which UTF-8 can't carry, becomes U+FFFD. */
export const text = z
  .string()
  .nullish()
  .transform((value) => value?.toWellFormed());

/** Hex of exactly that many bytes in either case; empty or all zeros means none. */
export function id(bytes: number) {
  return z
    .string()
    .regex(new RegExp(`^([0-9a-fA-F]{${bytes * 2}})?$`), `expected ${bytes * 2} hex digits`)
    .transform((value) => (/^0*$/.test(value) ? undefined : value.toLowerCase()))
    .optional();
}

const digits = z.union([z.string().regex(/^\d{1,20}$/), z.int().nonnegative().transform(String)]);

/** Nanoseconds since 1970 as a string of digits; zero is left out. */
export const uint64 = digits
  .refine((value) => BigInt(value) <= maxUint64, 'expected an unsigned 64-bit integer')
  .transform((value) => (BigInt(value) === 0n ? undefined : String(BigInt(value))))
  .optional();

/** An unsigned 32-bit integer. */
export const count = digits
  .transform(Number)
  .refine((value) => value <= maxUint32, 'expected an unsigned 32-bit integer')
  .optional();

/** An enum by number, or by name with its prefix; numbers that this version does not know are kept. */
export function enumeration(prefix: string, names: readonly string[]) {
  const byName = z
    .enum(names.map((name) => prefix + name))
    .transform((name) => names.indexOf(name.slice(prefix.length)));
  return z.union([z.int32(), byName]).optional();
}
