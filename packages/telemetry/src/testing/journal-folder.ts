import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** Creates a folder for journals, and removes it when the test ends. */
export async function createJournalFolder(t: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'journal-test-'));
  t.after(() => rm(directory, { recursive: true }));
  return directory;
}
