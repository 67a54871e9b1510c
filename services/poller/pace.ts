/** The maximum number of orders claimed ahead per slot. */
const MAX_AHEAD = 7;
/** The weight of the newest measurement in the moving average. */
const WEIGHT = 0.2;

/**
 * Decides how many orders to claim beyond the free slots: as many as the slots can process during a claim. So quick
 * handlers don't wait for the database. Slow handlers get none, because other pollers can't claim an order that waits here.
 */
export class Pace {
  #claimMs: number | undefined;
  #handlerMs: number | undefined;

  /** @param ms the duration of a claim that found orders */
  claimed(ms: number): void {
    this.#claimMs = blend(this.#claimMs, ms);
  }

  /** @param ms the duration of a handler */
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
