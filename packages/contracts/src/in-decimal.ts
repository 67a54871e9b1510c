import { z } from 'zod';

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)$/;

const isDecimalOrNoNumber = (given: unknown): boolean =>
  typeof given !== 'string' || DECIMAL.test(given) || Number.isNaN(Number(given));

/**
 * A number that comes as text, in a query or a variable, as people write it: a schema that coerces also reads `0x10`, `1e3` and a blank.
 * Any other text is refused by the schema itself, which says what it expects. Throws for an exclusive bound, which would be described as an
 * inclusive one.
 */
export function inDecimal(schema: z.ZodCoercedNumber) {
  return z
    .unknown()
    .refine(isDecimalOrNoNumber, 'Expected a number in decimal digits')
    .pipe(schema)
    .meta(descriptionOf(schema));
}

/** Of a pipe, zod describes the first part, which says nothing here. Its description of a part would cost each start 30 ms. */
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
