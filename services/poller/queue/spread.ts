/** Wide enough that several pollers that search at the same time seldom choose the same orders. */
const WIDE = 4;
/** After this many claims in a row that lost no order to another poller, this poller seems to be alone. */
const CLAIMS_ALONE = 20;

/**
 * Decides how many orders a claim reads for each one that it takes. Reading more than it takes costs the database, and helps only if
 * several pollers compete. So a poller that lost an order to another one reads more for a while.
 */
export class Spread {
  #alone = CLAIMS_ALONE;

  get factor(): number {
    return this.#alone >= CLAIMS_ALONE ? 1 : WIDE;
  }

  /** Records how many orders a claim chose, and how many of them it took before another poller did. */
  took(taken: number, chosen: number): void {
    this.#alone = taken < chosen ? 0 : this.#alone + 1;
  }
}
