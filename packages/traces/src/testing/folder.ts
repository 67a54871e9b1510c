import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

/** A folder for the files of a test. It is removed after the tests of the file that imports it. */
export const folder = mkdtempSync(join(tmpdir(), 'traces-'));
after(() => rm(folder, { recursive: true }));

/** Writes a file into the folder, objects as JSON. Returns its path. */
export async function file(name: string, content: string | Uint8Array | object): Promise<string> {
  const path = join(folder, name);
  const isWritten = typeof content === 'string' || content instanceof Uint8Array;
  await writeFile(path, isWritten ? content : JSON.stringify(content));
  return path;
}
