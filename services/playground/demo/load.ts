import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { OrderView, PlacedOrder } from '@beyond-headers/contracts';
import { HttpProblem } from '@beyond-headers/service-kit';
import { postJson } from '../runs/http.ts';
import type { LoadSettings, LoadView } from '../queue/load-view.ts';
import { endedOrders } from './ended-orders.ts';

const LOOK_MS = 500;
/**
 * How long a load follows its orders after it has placed the last one. Orders that end later, for example behind a paused poller,
 * get no dot.
 */
const MAX_FOLLOW_MS = 300_000;

/** Places orders at an even rate, one load at a time, and finds out how long each of them took. */
export class Load {
  readonly #writerUrl: string;
  #current: RunningLoad | undefined;

  constructor(writerUrl: string) {
    this.#writerUrl = writerUrl;
  }

  /** Starts a load. Throws a 409 while another load places orders. */
  start(settings: LoadSettings): LoadView {
    if (this.#current?.isPlacing)
      throw new HttpProblem(409, 'A load is running. Wait for its end, or stop it: DELETE /api/load.');
    this.#current?.close();
    this.#current = new RunningLoad(settings, this.#writerUrl);
    return this.#current.view(0);
  }

  /** Places no more orders. Orders that are already placed are not affected. */
  stop(): void {
    this.#current?.stop();
  }

  /** Returns undefined if there was no load yet. */
  view(after: number): LoadView | undefined {
    return this.#current?.view(after);
  }

  close(): void {
    this.#current?.close();
  }
}

class RunningLoad {
  readonly #state: LoadView;
  readonly #writerUrl: string;
  readonly #placing = new AbortController();
  readonly #following = new AbortController();
  readonly #waiting = new Map<string, { placedAtMs: number; traceId: string | undefined }>();

  constructor(settings: LoadSettings, writerUrl: string) {
    this.#state = { id: randomUUID(), settings, isPlacing: true, placed: 0, refused: 0, dots: [] };
    this.#writerUrl = writerUrl;
    void this.#placeAll();
    void this.#followAll();
  }

  get isPlacing(): boolean {
    return this.#state.isPlacing;
  }

  view(after: number): LoadView {
    return { ...this.#state, dots: this.#state.dots.slice(after) };
  }

  stop(): void {
    this.#placing.abort();
  }

  close(): void {
    this.#placing.abort();
    this.#following.abort();
  }

  async #placeAll(): Promise<void> {
    const { perSecond, seconds } = this.#state.settings;
    const { signal } = this.#placing;
    const startedAt = performance.now();
    const answers: Promise<void>[] = [];
    for (let count = 0; count < perSecond * seconds; count++) {
      // Relative to the start, so that a late timer delays one order and not all later ones.
      const dueInMs = startedAt + (count * 1_000) / perSecond - performance.now();
      await delay(Math.max(0, dueInMs), undefined, { signal }).catch(() => {});
      if (signal.aborted) break;
      answers.push(this.#place(performance.now() - startedAt));
    }
    await Promise.all(answers);
    this.#state.isPlacing = false;
  }

  async #place(placedAtMs: number): Promise<void> {
    try {
      const { orderId, traceId } = await postJson<PlacedOrder>('writer', `${this.#writerUrl}/orders`, ORDER);
      this.#state.placed++;
      this.#waiting.set(orderId, { placedAtMs, traceId });
    } catch (error) {
      this.#state.refused++;
      this.#state.problem = error instanceof Error ? error.message : String(error);
    }
  }

  async #followAll(): Promise<void> {
    const { signal } = this.#following;
    const until = performance.now() + this.#state.settings.seconds * 1_000 + MAX_FOLLOW_MS;
    while (!signal.aborted && performance.now() < until && (this.isPlacing || this.#waiting.size > 0)) {
      await delay(LOOK_MS, undefined, { signal, ref: false }).catch(() => {});
      // If the writer doesn't answer now, it may answer next time.
      const ended = await endedOrders(this.#writerUrl, [...this.#waiting.keys()]).catch(() => []);
      for (const order of ended) this.#end(order);
    }
  }

  #end({ orderId, createdAt, endedAt, status }: OrderView): void {
    const placed = this.#waiting.get(orderId);
    if (!placed || !endedAt) return;
    this.#waiting.delete(orderId);
    this.#state.dots.push({
      orderId,
      ...(placed.traceId && { traceId: placed.traceId }),
      placedMs: Math.round(placed.placedAtMs),
      latencyMs: Math.max(0, Date.parse(endedAt) - Date.parse(createdAt)),
      isFulfilled: status === 'fulfilled',
    });
  }
}

const ORDER = {
  customer: 'load',
  items: [{ sku: 'punched-card', quantity: 24, unitPriceCents: 5 }],
};
