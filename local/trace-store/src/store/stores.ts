import type { LogStore } from './log-store.ts';
import type { TraceStore } from './trace-store.ts';

/** What is kept of each signal. */
export interface Stores {
  traces: TraceStore;
  logs: LogStore;
}
