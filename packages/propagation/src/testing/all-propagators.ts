import type { TextMapPropagator } from '@opentelemetry/api';
import { CompositePropagator, W3CBaggagePropagator } from '@opentelemetry/core';
import { AWSXRayPropagator } from '@opentelemetry/propagator-aws-xray';
import { B3InjectEncoding, B3Propagator } from '@opentelemetry/propagator-b3';
import { InstanaPropagator } from '@opentelemetry/propagator-instana';
import { JaegerPropagator } from '@opentelemetry/propagator-jaeger';
import { OTTracePropagator } from '@opentelemetry/propagator-ot-trace';
import { StrictTraceContextPropagator } from '../strict/propagator.ts';
import { w3c } from './propagators.ts';

const b3Multi = new B3Propagator({ injectEncoding: B3InjectEncoding.MULTI_HEADER });

/** A propagator with its capabilities: whether it carries baggage, and how many hexadecimal digits of the trace ID (32 by default). */
export interface NamedPropagator {
  propagator: TextMapPropagator;
  hasBaggage: boolean;
  traceIdDigits?: number;
}

/** The propagators for JavaScript that the tests use, alone and combined: upstream's, and the strict one. */
export const propagators: Readonly<Record<string, NamedPropagator>> = {
  'tracecontext, baggage': { propagator: w3c, hasBaggage: true },
  'strict tracecontext, baggage': {
    propagator: withBaggage(new StrictTraceContextPropagator()),
    hasBaggage: true,
  },
  b3: { propagator: new B3Propagator(), hasBaggage: false },
  b3multi: { propagator: b3Multi, hasBaggage: false },
  jaeger: { propagator: new JaegerPropagator(), hasBaggage: true },
  'jaeger, other names': {
    propagator: new JaegerPropagator({ customTraceHeader: 'x-trace', customBaggageHeaderPrefix: 'x-bag' }),
    hasBaggage: true,
  },
  // Its format holds only half of a trace ID.
  ottrace: { propagator: new OTTracePropagator(), hasBaggage: true, traceIdDigits: 16 },
  xray: { propagator: new AWSXRayPropagator(), hasBaggage: false },
  instana: { propagator: new InstanaPropagator(), hasBaggage: false },
  'xray, baggage': { propagator: withBaggage(new AWSXRayPropagator()), hasBaggage: true },
  'tracecontext, baggage, b3multi, jaeger, xray': {
    propagator: new CompositePropagator({
      propagators: [w3c, b3Multi, new JaegerPropagator(), new AWSXRayPropagator()],
    }),
    hasBaggage: true,
  },
};

function withBaggage(propagator: TextMapPropagator): TextMapPropagator {
  return new CompositePropagator({ propagators: [propagator, new W3CBaggagePropagator()] });
}
