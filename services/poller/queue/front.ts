/** How often a search starts from the beginning, to find orders that became available with an earlier date. */
const FROM_START_MS = 1_000;

/**
 * Remembers where claims start to search. MongoDB keeps the index keys of claimed orders for minutes, and a search from the beginning
 * reads all of them. So while more orders wait than a claim takes, a search starts at the oldest order of the previous search.
 */
export class Front {
  #since: Date | undefined;
  #fromStartAt = 0;

  /**
   * Resolves with up to `count` results of `find`, oldest first.
   * @param find searches the orders that have been available since a date, or all available orders
   * @param availableAt returns the date of a result, or another value if the document is malformed
   */
  async look<T>(
    count: number,
    find: (since?: Date) => Promise<T[]>,
    availableAt: (found: T) => unknown,
    now = performance.now(),
  ): Promise<T[]> {
    const isSoon = now - this.#fromStartAt < FROM_START_MS;
    const later = this.#since && isSoon ? await find(this.#since) : [];
    const found = later.length < count ? await find() : later;
    if (found !== later) this.#fromStartAt = now;
    const oldest = found.length < count ? undefined : availableAt(found[0]!);
    this.#since = oldest instanceof Date ? oldest : undefined;
    return found;
  }
}
