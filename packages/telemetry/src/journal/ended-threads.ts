import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { isOfThread, leftBehindName } from './journal-name.ts';

/** Calls back when a thread ends that this thread started. After `terminate()`, a thread can't deliver anything itself. */
export function onEndedThread(callback: (id: number) => void): void {
  process.on('worker', (worker) => {
    const { threadId } = worker;
    worker.once('exit', () => callback(threadId));
  });
}

/**
 * Renames the journals of an ended thread, so that they count as left behind. A journal that can't be renamed is left to the next
 * process.
 */
export async function releaseJournals(directory: string, threadId: number): Promise<void> {
  const names = (await readdir(directory).catch(() => [])).filter((name) => isOfThread(name, threadId));
  for (const name of names) {
    await rename(join(directory, name), join(directory, leftBehindName())).catch(() => {});
  }
}
