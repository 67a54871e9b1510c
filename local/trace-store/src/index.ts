export { startTraceStore, type RunningTraceStore, type TraceStoreOptions } from './start.ts';
