import { propagation, context, trace, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import {
  AlwaysOnSampler,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';

/** A span of a lab, with the names of its parent and of the spans that it links to. */
export interface LabSpan {
  name: string;
  /** Undefined for the root of a trace. */
  parent: string | undefined;
  links: string[];
}

const w3c = new CompositePropagator({
  propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()],
});

/** Runs a part of a lab with a real SDK. Returns its spans, in the order in which they ended. */
export async function record(play: (tracer: Tracer) => void | Promise<void>): Promise<LabSpan[]> {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({
    sampler: new AlwaysOnSampler(),
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(w3c);
  try {
    await play(provider.getTracer('lab'));
    return named(exporter);
  } finally {
    await provider.shutdown();
    propagation.disable();
    context.disable();
    trace.disable();
  }
}

function named(exporter: InMemorySpanExporter): LabSpan[] {
  const spans = exporter.getFinishedSpans();
  const names = new Map(spans.map((span) => [span.spanContext().spanId, span.name]));
  return spans.map((span) => ({
    name: span.name,
    parent: names.get(span.parentSpanContext?.spanId ?? ''),
    links: span.links.map((link) => names.get(link.context.spanId) ?? 'unknown'),
  }));
}
