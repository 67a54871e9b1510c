import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';

/** Returns a file's export, or undefined if the file doesn't exist. Throws if the file has no such export. */
export async function exported<T>(file: string, name: string): Promise<T | undefined> {
  if (!existsSync(join(ROOT, file))) return undefined;
  const found = ((await import(join(ROOT, file))) as Record<string, T | undefined>)[name];
  if (found === undefined) throw new Error(`${file} exports no ${name}, which the reference needs.`);
  return found;
}
