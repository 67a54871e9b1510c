import {
  createContextKey,
  trace,
  type Context,
  type Span,
  type SpanContext,
  type TextMapPropagator,
} from '@opentelemetry/api';
import type { ContextGetter } from '../carrier.ts';
import { reportOnce } from '../report-once.ts';
import { linkTo } from '../trace-shape.ts';

/**
 * The edge policy decides what a public endpoint does with the trace context of an untrusted caller. With `continue`, the
 * endpoint continues the caller's trace. With `link`, it starts a separate trace that links to the caller's trace. With
 * `ignore`, it ignores the context.
 *
 * The default sampler is parent-based: it keeps a trace if the caller's context has the sampled flag. So with `continue`, callers
 * can flood your trace store by setting the flag. With `link` and `ignore`, your own sampler decides which traces are kept.
 * Source: https://www.w3.org/TR/trace-context-2/#security-considerations
 */
export type EdgePolicy = 'continue' | 'link' | 'ignore';

/**
 * You pass a function of this type to `createEdgePropagator` if different callers need different policies. The function gets the
 * carrier, such as the headers of a request, and returns the policy for it. For example, it can look for a header that your own
 * gateway sets. The function must not throw. If it throws, or if it returns no policy, `ignore` applies.
 */
export type ChooseEdgePolicy = (carrier: unknown) => EdgePolicy;

/** The list of all edge policies. Use it to check a value of your configuration. */
export const EDGE_POLICIES: readonly EdgePolicy[] = ['continue', 'link', 'ignore'];

interface EdgeLink {
  spanContext: SpanContext;
  used: boolean;
}

const EDGE_LINK = createContextKey('remote context to link at the edge');

/**
 * Wraps a propagator, and applies a policy to each context that the propagator reads from a caller. Use it at a public endpoint,
 * which untrusted callers can reach. Outgoing context is unchanged.
 *
 * The policy doesn't apply to carriers that only your own system writes, such as a document, a pod, or an environment. These
 * carriers have `isInternal: true`.
 *
 * @param inner the propagator that reads and writes the context
 * @param policy `continue`, `link`, or `ignore` ({@link EdgePolicy}), or a function that chooses one of them for each carrier.
 *   `link` also needs {@link edgeLinkSpanProcessor}. `ignore` also drops the caller's baggage
 */
export function createEdgePropagator(
  inner: TextMapPropagator,
  policy: EdgePolicy | ChooseEdgePolicy,
): TextMapPropagator {
  if (policy === 'continue') return inner;
  const policyFor = typeof policy === 'function' ? withoutThrowing(policy) : () => policy;
  return {
    inject: (context, carrier, setter) => inner.inject(context, carrier, setter),
    fields: () => inner.fields(),
    extract(context, carrier, getter) {
      const { isInternal } = getter as ContextGetter<unknown>;
      const chosen = isInternal === true ? 'continue' : policyFor(carrier);
      if (chosen === 'ignore') return context;
      const extracted = inner.extract(context, carrier, getter);
      return chosen === 'continue' ? extracted : keepAsLink(context, extracted);
    },
  };
}

// If the function chooses no policy, the safest one applies.
function withoutThrowing(choose: ChooseEdgePolicy): ChooseEdgePolicy {
  return (carrier) => {
    try {
      const policy = choose(carrier);
      return EDGE_POLICIES.includes(policy) ? policy : 'ignore';
    } catch (error) {
      reportOnce("Failed to choose an edge policy; the caller's context is ignored.", error);
      return 'ignore';
    }
  };
}

function keepAsLink(base: Context, extracted: Context): Context {
  const spanContext = trace.getSpanContext(extracted);
  const own = trace.getSpan(base);
  if (!spanContext || trace.getSpan(extracted) === own) return extracted;
  const withoutRemote = own ? trace.setSpan(extracted, own) : trace.deleteSpan(extracted);
  return withoutRemote.setValue(EDGE_LINK, { spanContext, used: false } satisfies EdgeLink);
}

/**
 * The span processors of this library have this type. It has only the members that OpenTelemetry's SDKs require. So you can add
 * these processors to SDK 3 (`@opentelemetry/sdk-trace`), and to earlier SDKs (`@opentelemetry/sdk-trace-base`).
 */
export interface EdgeLinkSpanProcessor {
  onStart(span: Span, parentContext: Context): void;
  onEnd(): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

/**
 * Add this span processor to your SDK if you use the edge policy `link`. It makes the first span of each request link to the
 * caller's span.
 *
 * The instrumentation that starts the span of a request accepts no links, so a span processor adds the link. Samplers, which
 * decide whether a trace is kept, don't see this link.
 */
export const edgeLinkSpanProcessor: EdgeLinkSpanProcessor = linkingProcessor((_span, parentContext) => {
  const link = parentContext.getValue(EDGE_LINK) as EdgeLink | undefined;
  if (!link || link.used) return undefined;
  link.used = true;
  return link.spanContext;
});

/** Returns a span processor that adds a link to each starting span for which `target` returns a span context. */
export function linkingProcessor(
  target: (span: Span, parentContext: Context) => SpanContext | undefined,
): EdgeLinkSpanProcessor {
  return {
    onStart(span, parentContext) {
      const links = linkTo(target(span, parentContext));
      // SDKs before 1.26 have no such method.
      if (links.length > 0) (span as Partial<Span>).addLinks?.(links);
    },
    onEnd() {},
    async forceFlush() {},
    async shutdown() {},
  };
}
