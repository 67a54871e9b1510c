/** So long after a look, other pollers have taken too much of what it saw. */
const FRESH_MS = 50;

/** What the next claim may choose from, looked up while the orders of this one are read: a round trip less to wait for. */
export class LookAhead<T> {
  #look: Promise<{ seen: T[]; at: number } | undefined> | undefined;

  begin(look: () => Promise<T[]>, now = () => performance.now()): void {
    this.#look = look().then(
      (seen) => ({ seen, at: now() }),
      // The claim looks itself then, and says what failed.
      () => undefined,
    );
  }

  /** What was seen is no longer there to take. */
  forget(): void {
    this.#look = undefined;
  }

  /** Gives what was seen, once; nothing when that is some time ago. */
  async take(now = () => performance.now()): Promise<T[]> {
    const looked = this.#look;
    this.forget();
    const found = await looked;
    return found && now() - found.at < FRESH_MS ? found.seen : [];
  }
}
