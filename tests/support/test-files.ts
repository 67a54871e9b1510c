import { globSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The files of tests in a folder, by the names that a command takes. */
export function testFiles(folder: string): {
  names: string[];
  paths: (names: readonly string[]) => string[];
} {
  const names = globSync('*.test.ts', { cwd: folder })
    .map((file) => basename(file, '.test.ts'))
    .toSorted();
  return {
    names,
    /** All of them where none is named. */
    paths: (asked) =>
      names
        .filter((name) => asked.length === 0 || asked.includes(name))
        .map((name) => join(folder, `${name}.test.ts`)),
  };
}
