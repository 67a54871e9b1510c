import { setTimeout as delay } from 'node:timers/promises';

/** A request to stop, which running code can wait for. It can't be withdrawn, and a later request can only shorten the grace period. */
export class Stop {
  #graceMs = Infinity;
  readonly #requested = new AbortController();
  readonly #listeners = new Set<(graceMs: number) => void>();

  get requested(): boolean {
    return this.#requested.signal.aborted;
  }

  request(graceMs: number): void {
    if (graceMs >= this.#graceMs) return;
    this.#graceMs = graceMs;
    this.#requested.abort();
    this.#listeners.forEach((listener) => listener(graceMs));
  }

  /** Calls `begin` on each request, and at once if one was already made. The returned function unsubscribes it, and clears its timers. */
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

  /** Resolves after `ms` milliseconds, or as soon as the stop is requested. */
  async within(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.#requested.signal }).catch(() => undefined);
  }
}
