import { context, propagation, trace, type TextMapPropagator, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AlwaysOnSampler,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
  type ReadableSpan,
  type Sampler,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace';
import { w3c } from './propagators.ts';

/** The tracer that a test uses, and the spans that it has finished. */
export interface Tracing {
  tracer: Tracer;
  finishedSpans: () => ReadableSpan[];
}

interface TracingOptions {
  propagator?: TextMapPropagator;
  sampler?: Sampler;
  spanProcessors?: SpanProcessor[];
}

/** Runs a test body with a real SDK that keeps its spans in memory, and removes the globals afterwards. */
export async function withTracing<T>(
  fn: (tracing: Tracing) => T | Promise<T>,
  options: TracingOptions = {},
): Promise<T> {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({
    sampler: options.sampler ?? new AlwaysOnSampler(),
    spanProcessors: [...(options.spanProcessors ?? []), new SimpleSpanProcessor({ exporter })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(options.propagator ?? w3c);
  trace.setGlobalTracerProvider(provider);
  try {
    return await fn({ tracer: provider.getTracer('test'), finishedSpans: () => exporter.getFinishedSpans() });
  } finally {
    trace.disable();
    propagation.disable();
    context.disable();
    await provider.shutdown();
  }
}
