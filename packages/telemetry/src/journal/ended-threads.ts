import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { isOfThread, leftBehindName } from './journal-name.ts';

/** Calls back when a thread ends that this one started. A thread can't deliver anything after `terminate()`. */
export function onEndedThread(callback: (id: number) => void): void {
  process.on('worker', (worker) => {
    const { threadId } = worker;
    worker.once('exit', () => callback(threadId));
  });
}

/** Marks what an ended thread left as left behind. What can't be marked is left for the next process. */
export async function releaseJournals(directory: string, threadId: number): Promise<void> {
  const names = (await readdir(directory).catch(() => [])).filter((name) => isOfThread(name, threadId));
  for (const name of names) {
    await rename(join(directory, name), join(directory, leftBehindName())).catch(() => {});
  }
}
