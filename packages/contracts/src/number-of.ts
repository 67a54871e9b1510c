/**
 * A stored value as a number, a date in milliseconds; NaN of what is none. A document may hold anything, and `Number` throws for an
 * object with a field `toString`.
 */
export function numberOf(value: unknown): number {
  try {
    return Number(value);
  } catch {
    return Number.NaN;
  }
}
