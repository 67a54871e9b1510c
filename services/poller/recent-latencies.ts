/** How far back it looks. */
const WINDOW_MS = 60_000;
/** The newest are kept: what is said of a busy poller is said of the end of the minute. */
const MAX_KEPT = 5_000;

/** How long fulfilled orders took, in milliseconds from when they were due. */
export interface LatencySummary {
  fulfilled: number;
  p50Ms: number;
  p99Ms: number;
}

/** The latencies of the last minute, in memory of a fixed size. */
export class RecentLatencies {
  readonly #latencies = new Float64Array(MAX_KEPT);
  readonly #endedAt = new Float64Array(MAX_KEPT);
  #count = 0;

  /** @param nowMs of a clock that only moves forward */
  add(latencyMs: number, nowMs = performance.now()): void {
    const place = this.#count++ % MAX_KEPT;
    this.#latencies[place] = latencyMs;
    this.#endedAt[place] = nowMs;
  }

  /** Undefined when no order was fulfilled in the last minute. */
  summary(nowMs = performance.now()): LatencySummary | undefined {
    const kept = this.#latencies.subarray(0, Math.min(this.#count, MAX_KEPT));
    const recent = kept.filter((_, index) => nowMs - this.#endedAt[index]! <= WINDOW_MS).toSorted();
    if (recent.length === 0) return undefined;
    return { fulfilled: recent.length, p50Ms: percentile(recent, 0.5), p99Ms: percentile(recent, 0.99) };
  }
}

/** By the nearest rank: always a latency that there was. */
function percentile(sorted: Float64Array, share: number): number {
  return Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? 0);
}
