import { z } from 'zod';

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)$/;

const isDecimalOrNoNumber = (given: unknown): boolean =>
  typeof given !== 'string' || DECIMAL.test(given) || Number.isNaN(Number(given));

/**
 * Returns a schema for a number in decimal digits, in a query or a variable. A coercing schema alone also accepts `0x10`, `1e3`,
 * and a blank. For other text, `schema` reports the error itself. Throws for an exclusive bound, because the description would
 * show it as inclusive.
 */
export function inDecimal(schema: z.ZodCoercedNumber) {
  return z
    .unknown()
    .refine(isDecimalOrNoNumber, 'Expected a number in decimal digits')
    .pipe(schema)
    .meta(descriptionOf(schema));
}

/**
 * Returns the JSON Schema of the number. For a pipe, zod describes only the first part, which accepts anything. Converting
 * `schema` with zod would cost each start 30 ms.
 */
function descriptionOf(schema: z.ZodCoercedNumber) {
  const { isInt, minValue, maxValue } = schema;
  for (const bound of [minValue, maxValue])
    if (Number.isFinite(bound) && !schema.safeParse(bound).success)
      throw new TypeError(`The bound ${bound} is not allowed itself: use min() and max().`);
  return {
    type: isInt ? ('integer' as const) : ('number' as const),
    ...(minValue !== null && minValue > -Infinity && { minimum: minValue }),
    ...(maxValue !== null && maxValue < Infinity && { maximum: maxValue }),
  };
}
