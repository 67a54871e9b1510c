// One hop in JavaScript: extracts from the environment, starts a span, injects, and prints what a child process would get.
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { EnvironmentGetter, EnvironmentSetter } from '@opentelemetry/propagator-env-carrier';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

const exporters = process.env.EXPORTER === 'none' ? [] : [new InMemorySpanExporter()];
const spanProcessors = exporters.map((exporter) => new SimpleSpanProcessor({ exporter }));
const propagator = new CompositePropagator({
  propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()],
});
const parent = propagator.extract(ROOT_CONTEXT, undefined, new EnvironmentGetter());
const span = new TracerProvider({ spanProcessors }).getTracer('relay').startSpan('relay', {}, parent);
const child = {};
propagator.inject(trace.setSpan(parent, span), undefined, new EnvironmentSetter(child));
for (const name of ['TRACEPARENT', 'TRACESTATE', 'BAGGAGE']) console.log(`${name}=${child[name] ?? ''}`);
