import {
  createContextKey,
  trace,
  type Context,
  type Link,
  type Span,
  type SpanContext,
} from '@opentelemetry/api';
import type { EdgeLinkSpanProcessor } from './edge/edge-policy.ts';
import { linkTo, type TraceShape } from './trace-shape.ts';

/** The variable that says how a process relates to the context that it was started with: a {@link TraceShape}. */
export const TRACE_SHAPE_VARIABLE = 'TRACE_SHAPE';

const ROOT_LINK = createContextKey('span context that the process was started with, to link');

/**
 * Returns the root for an {@link ExtractedRootContextManager}. With `link`, spans at the root start separate traces. With `parent+link`,
 * they are children, as with `parent`. With `link` and `parent+link`, they also link to the extracted context if
 * {@link rootLinkSpanProcessor} runs.
 */
export function shapeExtractedRoot(extracted: Context, shape: TraceShape): Context {
  const spanContext = trace.getSpanContext(extracted);
  if (shape === 'parent' || !spanContext) return extracted;
  const root = shape === 'link' ? trace.deleteSpan(extracted) : extracted;
  return root.setValue(ROOT_LINK, spanContext);
}

/**
 * Adds a link to each root span of a process, if the process was started with a context and a shape that links. The link points to
 * that context.
 *
 * It is a processor because code that knows nothing about the context passes no links. Samplers don't see this link.
 */
export const rootLinkSpanProcessor: EdgeLinkSpanProcessor = {
  onStart(span, parentContext) {
    const linked = parentContext.getValue(ROOT_LINK) as SpanContext | undefined;
    if (!linked || !isAtRoot(parentContext, linked) || isLinked(span, linked)) return;
    // SDKs before 1.26 have no such method.
    (span as Partial<Span>).addLinks?.(linkTo(linked));
  },
  onEnd() {},
  async forceFlush() {},
  async shutdown() {},
};

// What a span at the root is started from: nothing with `link`, the extracted span itself with `parent+link`.
function isAtRoot(parentContext: Context, linked: SpanContext): boolean {
  const parent = trace.getSpanContext(parentContext);
  return !parent || parent.spanId === linked.spanId;
}

function isLinked(span: Span & { links?: Link[] }, { spanId }: SpanContext): boolean {
  return span.links?.some((link) => link.context.spanId === spanId) ?? false;
}
