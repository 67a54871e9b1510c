import { setImmediate } from 'node:timers/promises';

/** So that one call stays far below what a database takes at a time. */
const MAX_GROUP = 100;

interface Waiting<Item, Result> extends PromiseWithResolvers<Result> {
  item: Item;
}

/**
 * Writes together what becomes ready while a write is under way, as a database's log does (group commit): one answer to wait
 * for instead of one for each. An item that comes when nothing is being written waits for no one.
 */
export class GroupCommit<Item, Result> {
  readonly #writeAll: (items: Item[]) => Promise<Result[]>;
  readonly #isOfAll: (error: unknown) => boolean;
  #waiting: Array<Waiting<Item, Result>> = [];
  #isWriting = false;

  /**
   * @param writeAll resolves with a result for each item, in their order
   * @param isOfAll true for an error that no item is the reason for, such as a database that is away
   */
  constructor(
    writeAll: (items: Item[]) => Promise<Result[]>,
    isOfAll: (error: unknown) => boolean = () => false,
  ) {
    this.#writeAll = writeAll;
    this.#isOfAll = isOfAll;
  }

  /** Rejects when this item could not be written, whatever became of others in its group. */
  write(item: Item): Promise<Result> {
    const waiting = { item, ...Promise.withResolvers<Result>() };
    this.#waiting.push(waiting);
    if (!this.#isWriting) void this.#drain();
    return waiting.promise;
  }

  async #drain(): Promise<void> {
    this.#isWriting = true;
    // What becomes ready at the same moment belongs to the first group.
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
      // One item may have spoiled it for all: each gets its own answer.
      else await Promise.all(group.map((waiting) => this.#writeGroup([waiting])));
    }
  }
}
