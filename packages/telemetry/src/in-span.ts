import {
  context,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
  type SpanOptions,
} from '@opentelemetry/api';

export interface InSpanOptions extends SpanOptions {
  /** Where the span starts from; the active context when absent. */
  context?: Context;
}

const tracer = trace.getTracer('beyond-headers');

/** Runs work inside a span that ends with it, with `error.type` and an error status when it fails. */
export async function inSpan<T>(
  name: string,
  options: InSpanOptions,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const { context: from = context.active(), ...spanOptions } = options;
  return tracer.startActiveSpan(name, spanOptions, from, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      markFailed(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Records an error on a span as the conventions ask: https://opentelemetry.io/docs/specs/semconv/general/recording-errors/ */
export function markFailed(span: Span, error: unknown): void {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  span.setAttribute('error.type', name);
  span.setStatus({ code: SpanStatusCode.ERROR, message });
}

/** A span for something that was over before anyone could watch it, such as the time in a queue. */
export function recordSpan(name: string, options: InSpanOptions & { endTime: Date }): Span {
  const { context: from = context.active(), endTime, ...spanOptions } = options;
  const span = tracer.startSpan(name, spanOptions, from);
  span.end(endTime);
  return span;
}
