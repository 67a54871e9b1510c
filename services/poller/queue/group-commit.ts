import { setImmediate } from 'node:timers/promises';
import { isMongoUnavailable } from '@beyond-headers/service-kit/mongo';

/** Keeps one call far below what a database accepts at a time. */
const MAX_GROUP = 100;

interface Waiting<Item, Result> extends PromiseWithResolvers<Result> {
  item: Item;
}

/**
 * Returns a function that writes an item, together with others that become ready during a write, as a database's log does (group commit).
 * They wait for one response instead of one each. An item that arrives when nothing is being written doesn't wait for others.
 *
 * The function rejects if this item could not be written, whatever happened to the others in its group.
 * @param writeAll resolves with a result for each item, in the same order
 */
export function groupCommit<Item, Result>(
  writeAll: (items: Item[]) => Promise<Result[]>,
): (item: Item) => Promise<Result> {
  const waiting: Array<Waiting<Item, Result>> = [];
  let isWriting = false;

  const writeGroup = async (group: typeof waiting): Promise<void> => {
    try {
      const results = await writeAll(group.map(({ item }) => item));
      group.forEach(({ resolve }, index) => resolve(results[index]!));
    } catch (error) {
      if (group.length === 1 || isMongoUnavailable(error)) group.forEach(({ reject }) => reject(error));
      // One item may have made the whole group fail, so write each item separately.
      else await Promise.all(group.map((one) => writeGroup([one])));
    }
  };

  const drain = async (): Promise<void> => {
    isWriting = true;
    // Items that become ready at the same moment belong to the first group.
    await setImmediate();
    while (waiting.length > 0) await writeGroup(waiting.splice(0, MAX_GROUP));
    isWriting = false;
  };

  return (item) => {
    const written = Promise.withResolvers<Result>();
    waiting.push({ item, ...written });
    if (!isWriting) void drain();
    return written.promise;
  };
}
