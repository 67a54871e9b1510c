import { backoffMs } from './queue/backoff.ts';
import type { PollerSettings } from './config.ts';

/** The longest time between two probes, whatever a dependency asks for. */
const MAX_WAIT_MS = 60_000;

/**
 * A circuit breaker between the handlers and what they call. It is open while that is away: then one order at a time is the
 * probe that finds out whether it is back.
 */
export class Circuit {
  readonly #settings: Pick<PollerSettings, 'retryBaseMs' | 'retryMaxMs'>;
  readonly #now: () => number;
  #failedProbes = 0;
  #nextProbeAt = 0;
  #probe: string | undefined;

  /** @param settings the first wait, which doubles with each probe up to the longest, and never beyond a minute */
  constructor(settings: Pick<PollerSettings, 'retryBaseMs' | 'retryMaxMs'>, now = () => performance.now()) {
    this.#settings = settings;
    this.#now = now;
  }

  get isOpen(): boolean {
    return this.#failedProbes > 0;
  }

  /** Whether it is time for the next probe, and none is under way. */
  get wantsProbe(): boolean {
    return this.isOpen && this.#probe === undefined && this.waitMs === 0;
  }

  /** Milliseconds until the next probe. */
  get waitMs(): number {
    return Math.max(0, this.#nextProbeAt - this.#now());
  }

  probeWith(orderId: string): void {
    this.#probe = orderId;
  }

  /** An order met the dependency away. @param retryAfterMs how long it asks to be left alone; 0 when it does not say */
  away(orderId: string, retryAfterMs: number): void {
    const { retryBaseMs, retryMaxMs } = this.#settings;
    // Of those that were under way together, only the first says something new.
    if (!this.isOpen || this.#probe === orderId) this.#failedProbes++;
    const ownMs = backoffMs(this.#failedProbes, retryBaseMs, Math.min(retryMaxMs, MAX_WAIT_MS));
    const waitMs = Math.min(Math.max(ownMs, retryAfterMs), MAX_WAIT_MS);
    this.#nextProbeAt = Math.max(this.#nextProbeAt, this.#now() + waitMs);
    this.learnedNothing(orderId);
  }

  /** An order met no dependency that is away: of the probe, that says that it is back. */
  there(orderId: string): void {
    if (this.#probe !== orderId) return;
    this.#failedProbes = 0;
    this.#nextProbeAt = 0;
    this.learnedNothing(orderId);
  }

  /** An order ended before it could find out. */
  learnedNothing(orderId: string): void {
    if (this.#probe === orderId) this.#probe = undefined;
  }
}
