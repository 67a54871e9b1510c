/** The work that has begun and not ended. */
export class InFlight {
  readonly #running = new Set<Promise<void>>();

  get size(): number {
    return this.#running.size;
  }

  /** Keeps track of work that never rejects. */
  add(work: Promise<void>): void {
    const tracked = work.finally(() => this.#running.delete(tracked));
    this.#running.add(tracked);
  }

  /** Resolves when some of it has ended, at once when there is none. */
  async oneEnded(): Promise<void> {
    if (this.size > 0) await Promise.race(this.#running);
  }

  async allEnded(): Promise<void> {
    await Promise.all(this.#running);
  }
}
