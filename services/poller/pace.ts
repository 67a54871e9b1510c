/** Orders claimed ahead for each slot, at most. */
const MAX_AHEAD = 7;
/** Of the newest measurement; older ones fade. */
const WEIGHT = 0.2;

/**
 * How many orders to claim beyond the free slots: as many as the slots work off while a claim is under way. So quick
 * handlers need not wait for the database. Slow handlers get none: an order that waits in this process is kept from others.
 */
export class Pace {
  #claimMs: number | undefined;
  #handlerMs: number | undefined;

  /** @param ms that a claim took which found orders */
  claimed(ms: number): void {
    this.#claimMs = blend(this.#claimMs, ms);
  }

  /** @param ms that a handler took */
  handled(ms: number): void {
    this.#handlerMs = blend(this.#handlerMs, ms);
  }

  ahead(concurrency: number): number {
    if (this.#claimMs === undefined || this.#handlerMs === undefined) return 0;
    return Math.floor(concurrency * Math.min(MAX_AHEAD, this.#claimMs / this.#handlerMs));
  }
}

const blend = (before: number | undefined, now: number): number =>
  before === undefined ? now : before + WEIGHT * (now - before);
