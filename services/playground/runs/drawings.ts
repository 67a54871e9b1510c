import { setTimeout as delay } from 'node:timers/promises';
import { HttpProblem } from '@beyond-headers/service-kit';
import { journeyOf, verdictOn, verdictText } from '@beyond-headers/journey';
import { renderWaterfall } from '@beyond-headers/traces';
import { RunReader } from './run-reader.ts';
import type { Sources } from './sources.ts';

const POLL_MS = 250;
/** Limited because each drawing reads the trace store several times a second. */
const MAX_DRAWINGS = 20;

/** `GET /draw/:orderId`: what the page shows of an order, as text for a terminal. */
export class Drawings {
  readonly #sources: Sources;
  #count = 0;
  #isClosed = false;

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /**
   * Draws every trace of an order when its run is settled. Returns undefined if there is no such order. If `isGone` reports that
   * the caller has left, draws only what has arrived.
   */
  async draw(orderId: string, isGone: () => boolean): Promise<string | undefined> {
    const order = await this.#sources.order(orderId);
    if (!order) return undefined;
    if (this.#count >= MAX_DRAWINGS)
      throw new HttpProblem(503, 'Too many orders are being drawn; try again later.');
    this.#count++;
    try {
      return await this.#drawOnceOver(orderId, order.traceIds[0] ?? '', isGone);
    } finally {
      this.#count--;
    }
  }

  /** Ends all pending drawings, with what has arrived. */
  close(): void {
    this.#isClosed = true;
  }

  async #drawOnceOver(orderId: string, traceId: string, isGone: () => boolean): Promise<string> {
    const reader = new RunReader(traceId, this.#sources);
    await reader.step();
    while (!reader.state.settled && !this.#isClosed && !isGone()) {
      await delay(POLL_MS);
      await reader.step();
    }
    const { spans, state } = reader;
    // Without demo controls, the carriers can't be read, and the verdict assumes the plain case.
    const carriers = await this.#sources.carriers(orderId).catch(() => []);
    const verdict = verdictOn(journeyOf(spans, state), spans, state, carriers);
    const parts = [renderWaterfall(spans), verdictText(verdict), ...(state.problem ? [state.problem] : [])];
    return `${parts.join('\n\n')}\n`;
  }
}
