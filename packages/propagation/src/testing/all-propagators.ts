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

/** A propagator, and what it carries: baggage or not, and how many hexadecimal digits of the trace id (32 by default). */
export interface NamedPropagator {
  propagator: TextMapPropagator;
  hasBaggage: boolean;
  traceIdDigits?: number;
}

/** Every propagator that OpenTelemetry publishes for JavaScript, alone and in company, by its name in `OTEL_PROPAGATORS`. */
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
  // Its format has room for half of a trace id.
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
