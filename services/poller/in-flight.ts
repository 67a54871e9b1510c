/** The work in progress. First its handler runs, which takes a slot, and then its outcome is written. */
export class InFlight {
  readonly #running = new Set<Promise<void>>();
  #handling = 0;
  #onFree: Array<() => void> = [];

  /** How much work is in progress. */
  get size(): number {
    return this.#running.size;
  }

  /** How much of it has a running handler. */
  get handling(): number {
    return this.#handling;
  }

  /** Begins work, which must never reject, and which calls `handled` to free its slot. */
  add(begin: (handled: () => void) => Promise<void>): void {
    this.#handling++;
    let isHandling = true;
    const handled = () => {
      if (isHandling) this.#handling--;
      isHandling = false;
      for (const resolve of this.#onFree.splice(0)) resolve();
    };
    const tracked = begin(handled).finally(() => {
      this.#running.delete(tracked);
      handled();
    });
    this.#running.add(tracked);
  }

  /** Resolves when the next handler or work ends. */
  change(): Promise<void> {
    return new Promise((resolve) => this.#onFree.push(resolve));
  }

  async allEnded(): Promise<void> {
    await Promise.all(this.#running);
  }
}
