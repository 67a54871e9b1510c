import { z } from 'zod';

const DECIMAL = /^-?\d+(\.\d+)?$/;

const isDecimalOrNoNumber = (given: unknown): boolean =>
  typeof given !== 'string' || DECIMAL.test(given) || Number.isNaN(Number(given));

const withoutDialect = ({ $schema: _ignored, ...rest }: z.core.JSONSchema.BaseSchema) => rest;

/** Of a pipe, zod describes the first part, which says nothing here. */
const descriptionOf = (schema: z.ZodType) => withoutDialect(z.toJSONSchema(schema));

/**
 * A number that comes as text, in a query or a variable, as people write it: a schema that coerces also reads `0x10`, `1e3` and a blank.
 * Any other text is refused by the schema itself, which says what it expects.
 */
export function inDecimal<S extends z.ZodType<number>>(schema: S) {
  return z
    .unknown()
    .refine(isDecimalOrNoNumber, 'Expected a number in decimal digits')
    .pipe(schema)
    .meta(descriptionOf(schema));
}
