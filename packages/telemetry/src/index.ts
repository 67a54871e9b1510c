export { onDerivedSpan, recordDerivedSpan, type DerivedEvent, type DerivedSpan } from './derived-span.ts';
export { baggageOf } from './baggage-attributes.ts';
export { inSpan, markFailed, recordSpan, type InSpanOptions } from '@beyond-headers/propagation';
export type { DeliveryStatus } from './export/span-pipeline.ts';
export { LinkBasedSampler } from './link-based-sampler.ts';
export { deliveryStatus, shutdownTelemetry } from './lifecycle.ts';
export { traceIdOf } from './trace-id.ts';
export { isUnobserved } from './unobserved.ts';
