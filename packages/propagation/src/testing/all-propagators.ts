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
  /** Whose format it is, for the table of propagators. */
  format: string;
  hasBaggage: boolean;
  traceIdDigits?: number;
}

/** The propagators for JavaScript that the tests use, alone and combined: upstream's, and the strict one. */
export const propagators: Readonly<Record<string, NamedPropagator>> = {
  'tracecontext, baggage': {
    format: 'W3C Trace Context and W3C Baggage, the default of OpenTelemetry',
    propagator: w3c,
    hasBaggage: true,
  },
  'strict tracecontext, baggage': {
    format: 'W3C Trace Context, followed exactly, and W3C Baggage',
    propagator: withBaggage(new StrictTraceContextPropagator()),
    hasBaggage: true,
  },
  b3: { format: 'B3, the format of Zipkin, in one field', propagator: new B3Propagator(), hasBaggage: false },
  b3multi: { format: 'B3, in several fields', propagator: b3Multi, hasBaggage: false },
  jaeger: { format: "Jaeger's earlier format", propagator: new JaegerPropagator(), hasBaggage: true },
  'jaeger, other names': {
    format: "Jaeger's earlier format, in fields with other names",
    propagator: new JaegerPropagator({ customTraceHeader: 'x-trace', customBaggageHeaderPrefix: 'x-bag' }),
    hasBaggage: true,
  },
  // Its format has room for half of a trace id.
  ottrace: {
    format: "the format of OpenTracing's basic tracers",
    propagator: new OTTracePropagator(),
    hasBaggage: true,
    traceIdDigits: 16,
  },
  xray: { format: 'AWS X-Ray', propagator: new AWSXRayPropagator(), hasBaggage: false },
  instana: { format: 'IBM Instana', propagator: new InstanaPropagator(), hasBaggage: false },
  'xray, baggage': {
    format: 'AWS X-Ray, and W3C Baggage',
    propagator: withBaggage(new AWSXRayPropagator()),
    hasBaggage: true,
  },
  'tracecontext, baggage, b3multi, jaeger, xray': {
    format: 'W3C, B3, Jaeger, and X-Ray, all at once',
    propagator: new CompositePropagator({
      propagators: [w3c, b3Multi, new JaegerPropagator(), new AWSXRayPropagator()],
    }),
    hasBaggage: true,
  },
};

function withBaggage(propagator: TextMapPropagator): TextMapPropagator {
  return new CompositePropagator({ propagators: [propagator, new W3CBaggagePropagator()] });
}
