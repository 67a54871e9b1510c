/** Of orders that several pollers look at at the same time, they then seldom choose the same ones. */
const WIDE = 4;
/** So many claims in a row that lost nothing to others: this poller seems to be alone. */
const CLAIMS_ALONE = 20;

/**
 * How many orders a batch looks at for each one that it takes. To look at more than it takes costs the database, and helps only where
 * several pollers work: one that lost an order to another looks wide for a while.
 */
export class Spread {
  #alone = CLAIMS_ALONE;

  get factor(): number {
    return this.#alone >= CLAIMS_ALONE ? 1 : WIDE;
  }

  /** A claim chose so many orders, and took those that no other poller had. */
  took(taken: number, chosen: number): void {
    this.#alone = taken < chosen ? 0 : this.#alone + 1;
  }
}
