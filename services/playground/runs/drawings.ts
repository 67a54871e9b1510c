import { setTimeout as delay } from 'node:timers/promises';
import { HttpProblem } from '@beyond-headers/service-kit';
import { journeyOf, verdictOn, verdictText } from '@beyond-headers/journey';
import { renderWaterfall } from '@beyond-headers/traces';
import { RunReader } from './run-reader.ts';
import type { Sources } from './sources.ts';

const POLL_MS = 250;
/** Each reads the trace store several times a second. */
const MAX_DRAWINGS = 20;

/** `GET /draw/:orderId`: what the page draws and says, as text for a terminal. */
export class Drawings {
  readonly #sources: Sources;
  #count = 0;
  #isClosed = false;

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /**
   * Every trace of an order, once nothing more of it is expected; undefined when there is no such order. Ends early, with
   * what is there, when `isGone` says that no one waits any more.
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

  /** Draws what is there now, wherever somebody waits. */
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
    // Without the demo's controls a carrier can't be seen, and the verdict takes the plain case.
    const carriers = await this.#sources.carriers(orderId).catch(() => []);
    const verdict = verdictOn(journeyOf(spans, state), spans, state, carriers);
    const parts = [renderWaterfall(spans), verdictText(verdict), ...(state.problem ? [state.problem] : [])];
    return `${parts.join('\n\n')}\n`;
  }
}
