import { globSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Returns the test files of a folder, and the names by which a command accepts them. */
export function testFiles(folder: string): {
  names: string[];
  paths: (names: readonly string[]) => string[];
} {
  const names = globSync('*.test.ts', { cwd: folder })
    .map((file) => basename(file, '.test.ts'))
    .toSorted();
  return {
    names,
    /** Returns all paths if no names are given. */
    paths: (asked) =>
      names
        .filter((name) => asked.length === 0 || asked.includes(name))
        .map((name) => join(folder, `${name}.test.ts`)),
  };
}
