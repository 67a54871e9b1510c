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

/** A span that starts in one callback and ends in another. */
export interface OpenSpan {
  span: Span;
  /** The context in which this span is active. */
  context: Context;
  end(error?: Error | null): void;
}

/** Starts a span that a callback ends. If the SDK fails, the work continues in the context that it had. */
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

/** Calls a function whose errors must not affect the application. Logs an error, and returns undefined. */
export function safely<T>(what: string, call: () => T): T | undefined {
  return safeExecuteInTheMiddle(
    call,
    (error) => error && diag.error(`mongodb-queue: failed to ${what}; the work goes on.`, error),
    true,
  );
}
