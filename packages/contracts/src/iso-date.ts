/** Returns a stored date as text, or undefined for any other value, because any program may have written the document. */
export const isoDate = (value: unknown): string | undefined =>
  value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : undefined;
