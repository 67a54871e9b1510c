/** A look begins at the start this often, for an order that became available with an earlier date. */
const FROM_START_MS = 1_000;

/**
 * Where claims begin to look. MongoDB keeps the index keys of claimed orders for minutes, and a look from the start reads over all of
 * them. So while more orders wait than a claim takes, a look begins at the oldest one that the look before it saw.
 */
export class Front {
  #since: Date | undefined;
  #fromStartAt = 0;

  /**
   * Resolves with what `find` finds, up to `count` of it, the oldest first.
   * @param find looks at what has been available since a date, or at all
   * @param availableAt of what was found: a date, unless its document is malformed
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
