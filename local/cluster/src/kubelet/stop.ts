/** A request to stop, which the code that runs something can wait for. It is made at most once, and can later only become more urgent. */
export class Stop {
  #graceMs = Infinity;
  readonly #listeners = new Set<(graceMs: number) => void>();

  get requested(): boolean {
    return this.#graceMs < Infinity;
  }

  request(graceMs: number): void {
    if (graceMs >= this.#graceMs) return;
    this.#graceMs = graceMs;
    this.#listeners.forEach((listener) => listener(graceMs));
  }

  /** Calls back when the stop is requested, at once if it was; the returned function ends that and the timers it started. */
  onRequest(begin: (graceMs: number) => NodeJS.Timeout): () => void {
    const timers: NodeJS.Timeout[] = [];
    const listener = (graceMs: number): void => void timers.push(begin(graceMs));
    this.#listeners.add(listener);
    if (this.requested) listener(this.#graceMs);
    return () => {
      this.#listeners.delete(listener);
      timers.forEach(clearTimeout);
    };
  }

  /** Resolves after so many milliseconds, or as soon as the stop is requested. */
  async within(ms: number): Promise<void> {
    if (this.requested) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const wake = (): void => resolve();
    const timer = setTimeout(wake, ms);
    this.#listeners.add(wake);
    await promise;
    clearTimeout(timer);
    this.#listeners.delete(wake);
  }
}
