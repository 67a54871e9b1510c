/** What `npm run test:settings` was asked for, handed to the test processes in the environment. */
interface Choice {
  /** Parts of the names of the settings; none means all. */
  names: string[];
  /** The first of each kind is enough. */
  oneOfEach: boolean;
}

export const toEnvironment = (choice: Choice) => ({ SETTINGS_TEST: JSON.stringify(choice) });

/** The rows of a table that were asked for. */
export function chosen<R extends { kind: string; env: Record<string, string> }>(rows: readonly R[]): R[] {
  const { names = [], oneOfEach = false } = JSON.parse(
    process.env['SETTINGS_TEST'] ?? '{}',
  ) as Partial<Choice>;
  const kinds = new Set<string>();
  return rows.filter((row) => {
    const isFirst = !kinds.has(row.kind);
    kinds.add(row.kind);
    const text = `${row.kind} ${JSON.stringify(row.env)}`;
    return (!oneOfEach || isFirst) && (names.length === 0 || names.some((name) => text.includes(name)));
  });
}
