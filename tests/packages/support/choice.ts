/** Set by `npm run test:packages -- --one-of-each`. */
export const ONE_OF_EACH = 'PACKAGES_TEST_ONE_OF_EACH';

/** The rows of a table that were asked for: all, or the first. */
export function chosen<R>(rows: readonly R[]): readonly R[] {
  return process.env[ONE_OF_EACH] ? rows.slice(0, 1) : rows;
}
