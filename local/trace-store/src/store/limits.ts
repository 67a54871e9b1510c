/** The limits of the store in memory. When one is exceeded, the oldest trace is deleted. */
export interface Limits {
  maxTraces: number;
  maxSpans: number;
  /** The size of all spans and their resources as JSON text. The process needs several times as much memory: see the README. */
  maxBytes: number;
  /** The size of all log lines as JSON text. */
  maxLogBytes: number;
}

export const defaultLimits: Limits = {
  maxTraces: 10_000,
  maxSpans: 50_000,
  maxBytes: 64 * 1024 * 1024,
  maxLogBytes: 8 * 1024 * 1024,
};
