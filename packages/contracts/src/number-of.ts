/**
 * Converts a stored value to a number, or to NaN. A date becomes milliseconds. A document may hold anything, and `Number` throws
 * for an object with a field `toString`.
 */
export function numberOf(value: unknown): number {
  try {
    return Number(value);
  } catch {
    return Number.NaN;
  }
}
