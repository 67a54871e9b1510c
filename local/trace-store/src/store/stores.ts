import type { LogStore } from './log-store.ts';
import type { TraceStore } from './trace-store.ts';

/** The store for each signal. */
export interface Stores {
  traces: TraceStore;
  logs: LogStore;
}
