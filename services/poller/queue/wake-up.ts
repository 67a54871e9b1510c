import { setTimeout as delay } from 'node:timers/promises';

/** Lets a loop sleep until there may be something to do. A wake-up that comes while the loop works is kept. */
export class Sleeper {
  #woken = false;
  #wake = () => {};

  wake(): void {
    this.#woken = true;
    this.#wake();
  }

  /** Resolves after `ms`, at a wake-up, or when the signal aborts, whichever is first. */
  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (!this.#woken && !signal.aborted) {
      const cut = new AbortController();
      this.#wake = () => cut.abort();
      // Not AbortSignal.any: the signal lives as long as the poller, and would retain a derived signal for every sleep.
      signal.addEventListener('abort', this.#wake);
      await delay(ms, undefined, { signal: cut.signal }).catch(() => {});
      signal.removeEventListener('abort', this.#wake);
    }
    this.#woken = false;
  }
}
