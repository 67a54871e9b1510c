export { inSpan, markFailed, recordSpan, type InSpanOptions } from './in-span.ts';
export { shutdownTelemetry } from './lifecycle.ts';
export { isProbe } from './probes.ts';
