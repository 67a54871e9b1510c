import {
  createContextKey,
  isSpanContextValid,
  trace,
  type Context,
  type SpanContext,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
} from '@opentelemetry/api';
import { trimOptionalWhitespace } from '../optional-whitespace.ts';
import { RANDOM_TRACE_FLAG } from '../trace-flags.ts';
import { formatTraceParent, parseTraceParent } from './trace-parent.ts';
import { parseTraceState } from './trace-state.ts';

const TRACE_PARENT = 'traceparent';
const TRACE_STATE = 'tracestate';

// The SDK's spans keep only the sampled flag, so the context keeps the random flag of a remote trace for the next inject.
const RANDOM_TRACE_ID = createContextKey('trace id with random flag');

// The key that upstream's `suppressTracing()` sets. Keys with the same name are the same key.
const SUPPRESSED = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/**
 * This propagator follows W3C Trace Context level 2 exactly. Use it instead of OpenTelemetry's default,
 * `W3CTraceContextPropagator`, if the `tracestate` (the field with entries of tracing vendors) must pass through your system
 * unchanged.
 *
 * It needs only the public API of OpenTelemetry. docs/reference/w3c-differences.md lists the differences from the default.
 * Source: https://www.w3.org/TR/trace-context-2/
 */
export class StrictTraceContextPropagator implements TextMapPropagator {
  inject(context: Context, carrier: unknown, setter: TextMapSetter<unknown>): void {
    const spanContext = trace.getSpanContext(context);
    if (!spanContext || !isSpanContextValid(spanContext) || context.getValue(SUPPRESSED) === true) return;
    setter.set(carrier, TRACE_PARENT, formatTraceParent(withRandomFlag(spanContext, context)));
    const state = spanContext.traceState?.serialize();
    if (state) setter.set(carrier, TRACE_STATE, state);
  }

  extract(context: Context, carrier: unknown, getter: TextMapGetter<unknown>): Context {
    const header = asOneHeader(getter.get(carrier, TRACE_PARENT));
    const spanContext = header === undefined ? undefined : parseTraceParent(header);
    if (!spanContext) return context;
    const state = asOneHeader(getter.get(carrier, TRACE_STATE));
    const traceState = state === undefined ? undefined : parseTraceState(state);
    const extracted = trace.setSpanContext(context, { ...spanContext, ...(traceState && { traceState }) });
    const isRandom = (spanContext.traceFlags & RANDOM_TRACE_FLAG) !== 0;
    return isRandom ? extracted.setValue(RANDOM_TRACE_ID, spanContext.traceId) : extracted;
  }

  fields(): string[] {
    return [TRACE_PARENT, TRACE_STATE];
  }
}

// If joined, two `traceparent` headers are invalid, and two `tracestate` headers are one list:
// https://www.rfc-editor.org/rfc/rfc9110#section-5.3
function asOneHeader(value: unknown): string | undefined {
  const header: unknown = Array.isArray(value) ? value.join(',') : value;
  return typeof header === 'string' ? trimOptionalWhitespace(header) : undefined;
}

function withRandomFlag(spanContext: SpanContext, context: Context): SpanContext {
  if (context.getValue(RANDOM_TRACE_ID) !== spanContext.traceId) return spanContext;
  return { ...spanContext, traceFlags: spanContext.traceFlags | RANDOM_TRACE_FLAG };
}
