/** The period that a summary covers. */
const WINDOW_MS = 60_000;
/** Only the newest are kept, so the summary of a busy poller covers only the end of the minute. */
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

  /** @param nowMs the time of a monotonic clock */
  add(latencyMs: number, nowMs = performance.now()): void {
    const place = this.#count++ % MAX_KEPT;
    this.#latencies[place] = latencyMs;
    this.#endedAt[place] = nowMs;
  }

  /** Returns undefined if no order was fulfilled in the last minute. */
  summary(nowMs = performance.now()): LatencySummary | undefined {
    const kept = this.#latencies.subarray(0, Math.min(this.#count, MAX_KEPT));
    const recent = kept.filter((_, index) => nowMs - this.#endedAt[index]! <= WINDOW_MS).toSorted();
    if (recent.length === 0) return undefined;
    return { fulfilled: recent.length, p50Ms: percentile(recent, 0.5), p99Ms: percentile(recent, 0.99) };
  }
}

/** Uses the nearest rank, so the result is always a measured latency. */
function percentile(sorted: Float64Array, share: number): number {
  return Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? 0);
}
