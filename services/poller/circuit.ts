import { backoffMs } from './queue/backoff.ts';
import type { PollerSettings } from './config.ts';

/** The longest time between two probes, whatever a dependency asks for. */
const MAX_WAIT_MS = 60_000;

/**
 * A circuit breaker between the handlers and their dependency. It is open while the dependency is unavailable: then one order
 * at a time is the probe that finds out whether the dependency is available again.
 */
export class Circuit {
  readonly #settings: Pick<PollerSettings, 'retryBaseMs' | 'retryMaxMs'>;
  readonly #now: () => number;
  #failedProbes = 0;
  #nextProbeAt = 0;
  #probe: string | undefined;

  /** @param settings the first wait, which doubles with each failed probe, and the longest wait, which is at most a minute */
  constructor(settings: Pick<PollerSettings, 'retryBaseMs' | 'retryMaxMs'>, now = () => performance.now()) {
    this.#settings = settings;
    this.#now = now;
  }

  get isOpen(): boolean {
    return this.#failedProbes > 0;
  }

  /** Whether the next probe is due, and no probe is in progress. */
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

  /** Records that an order found the dependency unavailable. @param retryAfterMs the dependency's `Retry-After`; 0 without one */
  away(orderId: string, retryAfterMs: number): void {
    const { retryBaseMs, retryMaxMs } = this.#settings;
    // Of orders that were in progress at the same time, only the first failure counts.
    if (!this.isOpen || this.#probe === orderId) this.#failedProbes++;
    const ownMs = backoffMs(this.#failedProbes, retryBaseMs, Math.min(retryMaxMs, MAX_WAIT_MS));
    const waitMs = Math.min(Math.max(ownMs, retryAfterMs), MAX_WAIT_MS);
    this.#nextProbeAt = Math.max(this.#nextProbeAt, this.#now() + waitMs);
    this.learnedNothing(orderId);
  }

  /** Records that an order didn't find the dependency unavailable. If it is the probe, this closes the circuit. */
  there(orderId: string): void {
    if (this.#probe !== orderId) return;
    this.#failedProbes = 0;
    this.#nextProbeAt = 0;
    this.learnedNothing(orderId);
  }

  /** Records that an order ended without showing whether the dependency is available. If it is the probe, another order can be next. */
  learnedNothing(orderId: string): void {
    if (this.#probe === orderId) this.#probe = undefined;
  }
}
