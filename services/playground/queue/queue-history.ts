import type { OrderStatus } from '@beyond-headers/contracts';
import { inDecimal } from '@beyond-headers/contracts/in-decimal';
import { z } from 'zod';
import { getJson, UpstreamError } from '../runs/http.ts';
import type { QueueSample } from './queue-sample.ts';

/**
 * The minimum age of the last sample before the poller is asked again, however many pages are open. The poller counts orders for
 * each response.
 */
const FRESH_MS = 900;
const MAX_SAMPLES = 600;
/** Over a longer gap, an average is meaningless. */
const MAX_GAP_MS = 10_000;

export const queueQuery = z.object({
  after: inDecimal(z.coerce.number().min(0))
    .default(0)
    .describe('`atMs` of the last sample that the caller has. Only later samples are returned.'),
});

/** The fields of the poller's `GET /status` that are used. */
export interface PollerStatus {
  paused: boolean;
  oldestAgeMs: number;
  counts: Record<OrderStatus, number>;
  lastMinute?: { p50Ms: number; p99Ms: number };
}

/** Asks the poller only while a page reads, and keeps the last samples. */
export class QueueHistory {
  readonly #pollerUrl: string;
  #samples: QueueSample[] = [];
  #fulfilled = 0;
  #asking: Promise<void> | undefined;

  constructor(pollerUrl: string) {
    this.#pollerUrl = pollerUrl;
  }

  /** Returns the samples after a time. Asks the poller first if the last sample is old. Rejects with an {@link UpstreamError}. */
  async read(afterMs: number): Promise<QueueSample[]> {
    const last = this.#samples.at(-1);
    if (!last || Date.now() - last.atMs >= FRESH_MS)
      await (this.#asking ??= this.#ask().finally(() => (this.#asking = undefined)));
    return this.#samples.filter(({ atMs }) => atMs > afterMs);
  }

  async #ask(): Promise<void> {
    const status = await getJson<PollerStatus>('poller', `${this.#pollerUrl}/status`);
    if (!status) throw new UpstreamError('The poller shows no status.');
    const sample = toSample(status, Date.now(), this.#samples.at(-1), this.#fulfilled);
    this.#fulfilled = status.counts.fulfilled;
    this.#samples = [...this.#samples.slice(1 - MAX_SAMPLES), sample];
  }
}

/** @param fulfilledBefore the number of orders that were fulfilled at the previous sample */
export function toSample(
  { paused, oldestAgeMs, counts, lastMinute }: PollerStatus,
  atMs: number,
  before?: QueueSample,
  fulfilledBefore = 0,
): QueueSample {
  const gapMs = before ? atMs - before.atMs : Infinity;
  // Orders may have been deleted meanwhile.
  const fulfilled = Math.max(0, counts.fulfilled - fulfilledBefore);
  return {
    atMs,
    pending: counts.pending,
    processing: counts.processing,
    parked: counts.held + counts.waiting,
    failed: counts.failed,
    oldestAgeMs,
    ...(gapMs > 0 && gapMs <= MAX_GAP_MS && { perSecond: (fulfilled / gapMs) * 1_000 }),
    ...(lastMinute && { p50Ms: lastMinute.p50Ms, p99Ms: lastMinute.p99Ms }),
    isPaused: paused,
  };
}
