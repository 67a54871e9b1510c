/** After this time, other pollers have taken too much of what was seen. */
const FRESH_MS = 50;

/** What the next claim may choose from, looked up while the orders of this one are read: a round trip less to wait for. */
export class LookAhead<T> {
  #seen: Promise<T[]> | undefined;
  #at = 0;

  begin(look: () => Promise<T[]>, now = performance.now()): void {
    this.#at = now;
    // The claim looks itself then, and says what failed.
    this.#seen = look().catch(() => []);
  }

  /** Gives what was seen, once; nothing when that is some time ago. */
  async take(now = performance.now()): Promise<T[]> {
    const seen = now - this.#at < FRESH_MS ? this.#seen : undefined;
    this.#seen = undefined;
    return (await seen) ?? [];
  }
}
