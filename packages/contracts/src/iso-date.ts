/** A stored date as text, undefined of anything else: a document may have been written by any program. */
export const isoDate = (value: unknown): string | undefined =>
  value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : undefined;
