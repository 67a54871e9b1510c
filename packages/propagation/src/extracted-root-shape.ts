import {
  createContextKey,
  trace,
  type Context,
  type Link,
  type Span,
  type SpanContext,
} from '@opentelemetry/api';
import { linkingProcessor, type EdgeLinkSpanProcessor } from './edge/edge-policy.ts';
import type { TraceShape } from './trace-shape.ts';

/**
 * The name of an environment variable. Its value, a `TraceShape` such as `link`, decides how the spans of a process relate to
 * the context that the process was started with.
 */
export const TRACE_SHAPE_VARIABLE = 'TRACE_SHAPE';

const ROOT_LINK = createContextKey('span context that the process was started with, to link');

/**
 * Returns the context that you pass to `ExtractedRootContextManager` as `extracted`. Wherever no other context is active, spans
 * start in this context. With the shape `parent` or `parent+link`, they become children of the span that started the process.
 * With `link`, each of them starts a separate trace. With `link` or `parent+link`, `rootLinkSpanProcessor` also adds a link to
 * the span that started the process.
 */
export function shapeExtractedRoot(extracted: Context, shape: TraceShape): Context {
  const spanContext = trace.getSpanContext(extracted);
  if (shape === 'parent' || !spanContext) return extracted;
  const root = shape === 'link' ? trace.deleteSpan(extracted) : extracted;
  return root.setValue(ROOT_LINK, spanContext);
}

/**
 * Add this span processor to your SDK if a process gets its `TraceShape` from the variable `TRACE_SHAPE`. With `link`, each span
 * without a parent then links to the context with which the process was started. With `parent+link`, each child of that context
 * also links to it. With `parent`, or if the process was started without a context, the processor adds no link.
 *
 * The code that starts the span doesn't know this context, so it can't pass the link itself. Samplers don't see a link that a
 * span processor adds.
 */
export const rootLinkSpanProcessor: EdgeLinkSpanProcessor = linkingProcessor((span, parentContext) => {
  const linked = parentContext.getValue(ROOT_LINK) as SpanContext | undefined;
  return linked && isAtRoot(parentContext, linked) && !isLinked(span, linked) ? linked : undefined;
});

// With `link`, a root span has no parent. With `parent+link`, its parent is the extracted span.
function isAtRoot(parentContext: Context, linked: SpanContext): boolean {
  const parent = trace.getSpanContext(parentContext);
  return !parent || parent.spanId === linked.spanId;
}

function isLinked(span: Span & { links?: Link[] }, { spanId }: SpanContext): boolean {
  return span.links?.some((link) => link.context.spanId === spanId) ?? false;
}
