// Runs in a pod. Prints the context that arrived, as one line of JSON.
import { createHash } from 'node:crypto';
import { propagation, trace } from '@opentelemetry/api';
import { CompositePropagator, W3CBaggagePropagator } from '@opentelemetry/core';
import { extractFromEnvironment, StrictTraceContextPropagator } from '@beyond-headers/propagation';

propagation.setGlobalPropagator(
  new CompositePropagator({ propagators: [new StrictTraceContextPropagator(), new W3CBaggagePropagator()] }),
);
const startedAt = performance.now();
const context = extractFromEnvironment();
const extractMs = performance.now() - startedAt;
const { traceId, spanId, traceState } = trace.getSpanContext(context) ?? {};
const others = Object.entries(process.env)
  .filter(([name]) => name.startsWith('VENDOR_'))
  .toSorted(([a], [b]) => a.localeCompare(b));
console.log(
  JSON.stringify({
    traceId,
    spanId,
    state: traceState?.serialize(),
    baggage: propagation.getBaggage(context)?.getEntry('tenant')?.value,
    others: others.length,
    digest: createHash('sha256').update(JSON.stringify(others)).digest('hex'),
    extractMs,
  }),
);
