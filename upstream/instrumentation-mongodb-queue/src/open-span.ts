import { markFailed, type InSpanOptions } from '@beyond-headers/propagation';
import {
  context,
  diag,
  INVALID_SPAN_CONTEXT,
  trace,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { safeExecuteInTheMiddle } from '@opentelemetry/instrumentation';

/** A span between two calls of the driver. */
export interface OpenSpan {
  span: Span;
  /** The context with this span. */
  context: Context;
  end(error?: Error | null): void;
}

/** Starts a span that a callback ends. When the SDK fails the work goes on, in the context that it had. */
export function openSpan(
  tracer: Tracer,
  name: string,
  { context: from = context.active(), ...options }: InSpanOptions,
): OpenSpan {
  const started = safely('start a span', () => tracer.startSpan(name, options, from));
  const span = started ?? trace.wrapSpanContext(trace.getSpanContext(from) ?? INVALID_SPAN_CONTEXT);
  return {
    span,
    context: trace.setSpan(from, span),
    end(error) {
      if (error) markFailed(span, error);
      safely('end a span', () => span.end());
    },
  };
}

/** Calls what may throw and must not change the work. */
export function safely<T>(what: string, call: () => T): T | undefined {
  return safeExecuteInTheMiddle(
    call,
    (error) => error && diag.error(`mongodb-queue: failed to ${what}; the work goes on.`, error),
    true,
  );
}
