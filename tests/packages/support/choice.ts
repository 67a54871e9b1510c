/** `npm run test:packages -- --one-of-each` sets this variable. */
export const ONE_OF_EACH = 'PACKAGES_TEST_ONE_OF_EACH';

/** Returns the requested rows of a table: all rows, or only the first. */
export function chosen<R>(rows: readonly R[]): readonly R[] {
  return process.env[ONE_OF_EACH] ? rows.slice(0, 1) : rows;
}
