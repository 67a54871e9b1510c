import {
  isSpanContextValid,
  trace,
  type Attributes,
  type Context,
  type Link,
  type SpanContext,
} from '@opentelemetry/api';
import { exceededLimit, type TraceLimit, type TraceLimits } from './trace-limits.ts';

/**
 * The trace shape decides how the receiving span relates to the carried context. With `parent`, the span is a child of
 * that context. With `link`, it starts a new trace that links to that context. With `parent+link`, it is a child that also links.
 * Source: https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/#consumer-spans
 */
export type TraceShape = 'parent' | 'link' | 'parent+link';

/** The list of all trace shapes. Use it to check a value of your configuration. */
export const TRACE_SHAPES: readonly TraceShape[] = ['parent', 'link', 'parent+link'];

/** You pass this object to `startFrom`. It has what you know about the work for which a span starts. */
export interface StartFrom extends TraceLimits {
  shape: TraceShape;
  /** The context that came with the work, from `extractContext`. */
  carried: Context;
  /** The span of the previous attempt, to which the new span links in every shape. */
  previousAttempt?: SpanContext | undefined;
  /** Attributes of the link to the carried context, e.g. `messaging.message.id`. */
  attributes?: Attributes | undefined;
  /** Attributes of the link to the previous attempt. */
  previousAttemptAttributes?: Attributes | undefined;
}

/**
 * `startFrom`, `startBatchFrom`, and `resumeFrom` return these arguments for `tracer.startSpan(name, { links, root }, context)`.
 * Pass the links when you start the span, because samplers don't see links that you add later.
 */
export interface SpanStart {
  context: Context;
  links: Link[];
  root: boolean;
  /** The limit that was exceeded, if the span starts a new trace for that reason. */
  limit?: TraceLimit;
}

/** Returns the arguments with which you start the span of a message, a task, or a Job. Call it in the receiver. */
export function startFrom(start: StartFrom): SpanStart {
  const limit = exceededLimit(start);
  const shape = limit ? 'link' : start.shape;
  const links = [
    ...(shape === 'parent' ? [] : linkTo(trace.getSpanContext(start.carried), start.attributes)),
    ...linkTo(start.previousAttempt, start.previousAttemptAttributes),
  ];
  const isNewTrace = shape === 'link';
  return {
    // Removes only the span. The baggage belongs to the work, whichever trace it is in.
    context: isNewTrace ? trace.deleteSpan(start.carried) : start.carried,
    links,
    root: isNewTrace,
    ...(limit && { limit }),
  };
}

/** Returns a link to a span context, or no link if the span context is not valid. */
export function linkTo(spanContext: SpanContext | undefined, attributes?: Attributes): Link[] {
  if (!spanContext || !isSpanContextValid(spanContext)) return [];
  return [attributes ? { context: spanContext, attributes } : { context: spanContext }];
}
