/** A request to stop that whoever runs something can wait for; made at most once, it may later only become more urgent. */
export class Stop {
  #graceMs: number | undefined;
  readonly #listeners = new Set<(graceMs: number) => NodeJS.Timeout>();
  readonly #wakers = new Set<() => void>();

  get requested(): boolean {
    return this.#graceMs !== undefined;
  }

  request(graceMs: number): void {
    if (this.#graceMs !== undefined && graceMs >= this.#graceMs) return;
    this.#graceMs = graceMs;
    this.#wakers.forEach((wake) => wake());
    this.#listeners.forEach((listener) => listener(graceMs));
  }

  /** Calls back when the stop is requested, at once if it was; the returned function ends that and the timers it started. */
  onRequest(begin: (graceMs: number) => NodeJS.Timeout): () => void {
    const timers: NodeJS.Timeout[] = [];
    const listener = (graceMs: number): NodeJS.Timeout => {
      const timer = begin(graceMs);
      timers.push(timer);
      return timer;
    };
    this.#listeners.add(listener);
    if (this.#graceMs !== undefined) listener(this.#graceMs);
    return () => {
      this.#listeners.delete(listener);
      for (const timer of timers) clearTimeout(timer);
    };
  }

  /** Resolves after so many milliseconds, or as soon as the stop is requested. */
  within(ms: number): Promise<void> {
    if (this.requested) return Promise.resolve();
    return new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        this.#wakers.delete(finish);
        resolve();
      };
      const timer = setTimeout(finish, ms);
      this.#wakers.add(finish);
    });
  }
}
