import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';

/** What a file of the project exports under a name; undefined where there is no such file. Throws where it exports no such thing. */
export async function exported<T>(file: string, name: string): Promise<T | undefined> {
  if (!existsSync(join(ROOT, file))) return undefined;
  const found = ((await import(join(ROOT, file))) as Record<string, T | undefined>)[name];
  if (found === undefined) throw new Error(`${file} exports no ${name}, which the reference needs.`);
  return found;
}
