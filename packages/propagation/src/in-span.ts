import {
  INVALID_SPAN_CONTEXT,
  SpanStatusCode,
  trace,
  type Context,
  type Link,
  type Span,
  type SpanOptions,
  type TimeInput,
  type Tracer,
} from '@opentelemetry/api';
import { currentContext, runIn } from './current-context.ts';
import { isError } from './realm.ts';
import { attempt } from './report-once.ts';

/**
 * You pass these options to `inSpan` and `recordSpan`. They are the options of OpenTelemetry's `startSpan`, together with the
 * context from which the span starts. You can spread the result of `startFrom` into them, because it has the members `context`,
 * `links`, and `root`.
 */
export interface InSpanOptions extends SpanOptions {
  /** The context from which the span starts; the active context by default. */
  context?: Context | undefined;
  /** The tracer of the span. By default, it is the tracer of this library. An instrumentation passes its own tracer. */
  tracer?: Tracer | undefined;
}

const ownTracer = trace.getTracer('beyond-headers');

/**
 * Runs a piece of your work in a new span, and ends the span when the work ends. If the work fails, the span gets `error.type` and an error
 * status. Even if a sampler, a processor, or a context manager fails, the work runs once, and you get its result or its error.
 */
export async function inSpan<T>(
  name: string,
  options: InSpanOptions,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const { from, span } = start(name, options);
  const run = async () => {
    try {
      return await work(span);
    } catch (error) {
      markFailed(span, error);
      throw error;
    } finally {
      attempt('end a span', () => span.end());
    }
  };
  return runIn(() => trace.setSpan(from, span), run);
}

/**
 * Records an error on a span, as OpenTelemetry's conventions define it:
 * https://opentelemetry.io/docs/specs/semconv/general/recording-errors/
 */
export function markFailed(span: Span, error: unknown): void {
  attempt('record an error', () => {
    const { name, message } = isError(error) ? error : new Error(textOf(error));
    span.setAttribute('error.type', name);
    span.setStatus({ code: SpanStatusCode.ERROR, message });
  });
}

// `String()` throws for an object without a prototype.
function textOf(thrown: unknown): string {
  return attempt('describe what was thrown', () => String(thrown)) ?? typeof thrown;
}

/** Records a span for something that has already ended, such as the time in a queue. Never throws. */
export function recordSpan(name: string, options: InSpanOptions & { endTime: Date }): Span {
  const { endTime, ...startOptions } = options;
  const { span } = start(name, startOptions);
  attempt('end a span', () => (isTime(endTime) ? span.end(endTime) : span.end()));
  return span;
}

/** Starts a span. If that fails, a non-recording span with the parent's span context takes its place. */
function start(name: string, options: InSpanOptions): { from: Context; span: Span } {
  const { context: from = currentContext(), tracer = ownTracer, ...spanOptions } = options;
  const span =
    attempt('start a span', () => tracer.startSpan(name, withoutInvalidParts(spanOptions), from)) ??
    trace.wrapSpanContext(trace.getSpanContext(from) ?? INVALID_SPAN_CONTEXT);
  return { from, span };
}

/**
 * Leaves out an invalid start time, such as the date of a missing field in a document, and links without a span context. An SDK
 * keeps them, and its exporter then fails to send the whole batch.
 */
function withoutInvalidParts({ startTime, links, ...others }: SpanOptions): SpanOptions {
  return {
    ...others,
    ...(isTime(startTime) && { startTime }),
    ...(links && { links: links.filter((link: Partial<Link> | null | undefined) => link?.context) }),
  };
}

function isTime(time: TimeInput | undefined): time is TimeInput {
  const parts = Array.isArray(time) ? [time[0], time[1]] : [time];
  return parts.every((part) => part !== undefined && Number.isFinite(Number(part)));
}
