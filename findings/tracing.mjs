// Copied beside a finding's program: an SDK that keeps spans in memory and draws them.
import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

export const exporter = new InMemorySpanExporter();
export const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
propagation.setGlobalPropagator(
  new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()] }),
);
trace.setGlobalTracerProvider(provider);

/** Before the import of what is instrumented. */
export const instrument = (...instrumentations) =>
  registerInstrumentations({ instrumentations, tracerProvider: provider });

export const tracer = trace.getTracer('finding');

export const inSpan = (name, work, options = {}) =>
  tracer.startActiveSpan(name, options, async (span) => {
    try {
      return await work(span);
    } finally {
      span.end();
    }
  });

/** Every ended span under its parent, in the order of their starts; `detail` adds to a line. */
export function draw(detail = () => '') {
  const spans = exporter
    .getFinishedSpans()
    .toSorted(({ startTime: a }, { startTime: b }) => a[0] - b[0] || a[1] - b[1]);
  const ids = new Set(spans.map((span) => span.spanContext().spanId));
  const lines = (parent, indent) =>
    spans
      .filter((span) =>
        parent ? span.parentSpanContext?.spanId === parent : !ids.has(span.parentSpanContext?.spanId),
      )
      .flatMap((span) => [
        `${indent}${span.name}${detail(span)}`,
        ...lines(span.spanContext().spanId, `${indent}  `),
      ]);
  return lines(undefined, '').join('\n');
}
