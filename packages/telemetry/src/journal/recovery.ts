import { readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, warn, warnOnce } from '../log.ts';
import type { OtlpClient } from '../export/otlp-client.ts';
import { isLeftBehind, journalName } from './journal-name.ts';
import { postJournaled, type PostedSpans } from './post-journaled.ts';
import { readJournal, type ResourceSpans } from './read-journal.ts';
import { MAX_BYTES } from './span-journal.ts';

/**
 * Delivers the spans that killed processes left in their journals. A span that was open when its process died ends then, with an
 * error. Rejects if the collector is unavailable. Undelivered spans stay in the journals.
 */
export async function recoverJournals(
  directory: string,
  client: OtlpClient,
  onPosted: (posted: PostedSpans) => void,
): Promise<void> {
  for (const path of await leftBehind(directory)) await recover(path, directory, client, onPosted);
}

/**
 * Returns the journals that were left behind, the oldest first. Discards the oldest ones beyond `MAX_BYTES`, so that processes
 * that die repeatedly during an outage don't fill the disk.
 */
async function leftBehind(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  const journals = entries.filter((entry) => entry.isFile() && isLeftBehind(entry.name));
  const files = await Promise.all(
    journals.map(async ({ name }) => {
      const path = join(directory, name);
      const { mtimeMs, size } = await stat(path).catch(() => ({ mtimeMs: 0, size: 0 }));
      return { path, mtimeMs, size };
    }),
  );
  const newestFirst = files.toSorted((a, b) => b.mtimeMs - a.mtimeMs);
  let bytes = 0;
  const { kept = [], givenUp = [] } = Object.groupBy(newestFirst, ({ size }) =>
    (bytes += size) <= MAX_BYTES ? 'kept' : 'givenUp',
  );
  const discarded = await Promise.all(givenUp.map(({ path }) => discard(path)));
  const count = discarded.filter(Boolean).length;
  if (count > 0)
    warn(`the journals of killed processes exceed ${MAX_BYTES} bytes: discarded the oldest ${count}`);
  return kept.map(({ path }) => path).toReversed();
}

async function discard(path: string): Promise<boolean> {
  try {
    await rm(path, { force: true });
    return true;
  } catch (error) {
    warnOfFailure('discard', path, error);
    return false;
  }
}

async function recover(
  path: string,
  directory: string,
  client: OtlpClient,
  onPosted: (posted: PostedSpans) => void,
): Promise<void> {
  // Renaming claims the file: a process that starts at the same time can't find it, unless this process is killed, too.
  const taken = join(directory, journalName());
  let spans: Map<string, ResourceSpans>;
  try {
    const { mtimeMs } = await stat(path);
    spans = readJournal(await readFile(path, 'utf8'), BigInt(Math.round(mtimeMs)) * 1_000_000n);
    await rename(path, taken);
  } catch (error) {
    // A file that belongs to another user must not block the others.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') warnOfFailure('take over', path, error);
    return;
  }
  try {
    await postJournaled(spans, client, onPosted);
    await rm(taken);
  } catch (error) {
    await rename(taken, path);
    throw error;
  }
}

// Once, because a file that fails in this round also fails in the next one.
function warnOfFailure(verb: string, path: string, error: unknown): void {
  warnOnce(path, `failed to ${verb} the span journal ${path}: ${messageOf(error)}`);
}
