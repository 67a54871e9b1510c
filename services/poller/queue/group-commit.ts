import { setImmediate } from 'node:timers/promises';

/** Keeps one call far below what a database accepts at a time. */
const MAX_GROUP = 100;

interface Waiting<Item, Result> extends PromiseWithResolvers<Result> {
  item: Item;
}

/**
 * Writes the items together that become ready during a write, as a database's log does (group commit). They wait for one
 * response instead of one each. An item that arrives when nothing is being written doesn't wait for others.
 */
export class GroupCommit<Item, Result> {
  readonly #writeAll: (items: Item[]) => Promise<Result[]>;
  readonly #isOfAll: (error: unknown) => boolean;
  #waiting: Array<Waiting<Item, Result>> = [];
  #isWriting = false;

  /**
   * @param writeAll resolves with a result for each item, in the same order
   * @param isOfAll returns true for an error that no single item caused, such as an unavailable database
   */
  constructor(
    writeAll: (items: Item[]) => Promise<Result[]>,
    isOfAll: (error: unknown) => boolean = () => false,
  ) {
    this.#writeAll = writeAll;
    this.#isOfAll = isOfAll;
  }

  /** Rejects if this item could not be written, whatever happened to the others in its group. */
  write(item: Item): Promise<Result> {
    const waiting = { item, ...Promise.withResolvers<Result>() };
    this.#waiting.push(waiting);
    if (!this.#isWriting) void this.#drain();
    return waiting.promise;
  }

  async #drain(): Promise<void> {
    this.#isWriting = true;
    // Items that become ready at the same moment belong to the first group.
    await setImmediate();
    while (this.#waiting.length > 0) await this.#writeGroup(this.#waiting.splice(0, MAX_GROUP));
    this.#isWriting = false;
  }

  async #writeGroup(group: Array<Waiting<Item, Result>>): Promise<void> {
    try {
      const results = await this.#writeAll(group.map(({ item }) => item));
      group.forEach(({ resolve }, index) => resolve(results[index]!));
    } catch (error) {
      if (group.length === 1 || this.#isOfAll(error)) group.forEach(({ reject }) => reject(error));
      // One item may have made the whole group fail, so write each item separately.
      else await Promise.all(group.map((waiting) => this.#writeGroup([waiting])));
    }
  }
}
