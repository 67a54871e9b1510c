/** The work that has begun and not ended: first its handler runs, which takes a slot, then its outcome is written. */
export class InFlight {
  readonly #running = new Set<Promise<void>>();
  #handling = 0;
  #onFree: Array<() => void> = [];

  /** All that has not ended. */
  get size(): number {
    return this.#running.size;
  }

  /** That of it whose handler runs. */
  get handling(): number {
    return this.#handling;
  }

  /** Begins work that never rejects and calls `handled` when it needs its slot no more. */
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

  /** Resolves when a handler or some work ends next. */
  change(): Promise<void> {
    return new Promise((resolve) => this.#onFree.push(resolve));
  }

  async allEnded(): Promise<void> {
    await Promise.all(this.#running);
  }
}
