/** What `npm run test:settings` was asked for, handed to the test processes in the environment. */
interface Choice {
  /** Kinds of settings; none means all. */
  kinds: string[];
  /** The first of each kind is enough. */
  oneOfEach: boolean;
}

export const toEnvironment = (choice: Choice) => ({ SETTINGS_TEST: JSON.stringify(choice) });

/** The rows of a table that were asked for. */
export function chosen<R extends { kind: string }>(rows: readonly R[]): R[] {
  const given = JSON.parse(process.env['SETTINGS_TEST'] ?? '{}') as Partial<Choice>;
  const { kinds = [], oneOfEach = false } = given;
  const wanted = rows.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
  const isFirst = (row: R) => wanted.find(({ kind }) => kind === row.kind) === row;
  return oneOfEach ? wanted.filter(isFirst) : wanted;
}
