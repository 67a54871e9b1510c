/** How long the result of a search is fresh. After that, other pollers have taken too many of the orders. */
const FRESH_MS = 50;

/** Searches for the orders of the next claim while those of this claim are read, which saves the next claim a round trip. */
export class LookAhead<T> {
  #look: Promise<{ seen: T[]; at: number } | undefined> | undefined;

  begin(look: () => Promise<T[]>, now = () => performance.now()): void {
    this.#look = look().then(
      (seen) => ({ seen, at: now() }),
      // The next claim then searches by itself, and reports the error.
      () => undefined,
    );
  }

  /** Discards the result of the search, because the orders that it found are taken. */
  forget(): void {
    this.#look = undefined;
  }

  /** Returns the result of the search, once; an empty list if it isn't fresh. */
  async take(now = () => performance.now()): Promise<T[]> {
    const looked = this.#look;
    this.forget();
    const found = await looked;
    return found && now() - found.at < FRESH_MS ? found.seen : [];
  }
}
