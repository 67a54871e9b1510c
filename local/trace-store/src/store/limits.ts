/** Bounds of the memory; where one is passed, the trace that came first goes. */
export interface Limits {
  maxTraces: number;
  maxSpans: number;
  /** Sum of the spans as JSON text; one more third of that is needed around it. */
  maxBytes: number;
}

export const defaultLimits: Limits = {
  maxTraces: 10_000,
  maxSpans: 100_000,
  maxBytes: 128 * 1024 * 1024,
};
