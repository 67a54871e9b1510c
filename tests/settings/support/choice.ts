/** The arguments of `npm run test:settings`, which the test processes get through the environment. */
interface Choice {
  /** The kinds of settings to test. If empty, all kinds are tested. */
  kinds: string[];
  /** Whether to test only the first setting of each kind. */
  oneOfEach: boolean;
}

export const toEnvironment = (choice: Choice) => ({ SETTINGS_TEST: JSON.stringify(choice) });

/** Returns the requested rows of a table. */
export function chosen<R extends { kind: string }>(rows: readonly R[]): R[] {
  const given = JSON.parse(process.env['SETTINGS_TEST'] ?? '{}') as Partial<Choice>;
  const { kinds = [], oneOfEach = false } = given;
  const wanted = rows.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
  const isFirst = (row: R) => wanted.find(({ kind }) => kind === row.kind) === row;
  return oneOfEach ? wanted.filter(isFirst) : wanted;
}
