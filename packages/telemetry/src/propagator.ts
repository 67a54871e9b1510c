import type { TextMapPropagator } from '@opentelemetry/api';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { createEdgePropagator, withBaggageAllowList } from '@beyond-headers/propagation';
import type { TelemetrySettings } from './settings.ts';

/** W3C trace context and baggage, with what the public door and the baggage allow-list let pass. */
export function createPropagator({ edgePolicy, baggageKeys }: TelemetrySettings): TextMapPropagator {
  const w3c = new CompositePropagator({
    propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()],
  });
  return withBaggageAllowList(createEdgePropagator(w3c, edgePolicy), baggageKeys);
}
