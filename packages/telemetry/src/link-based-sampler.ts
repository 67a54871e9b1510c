import {
  isSpanContextValid,
  SamplingDecision,
  TraceFlags,
  type Attributes,
  type Context,
  type Link,
  type SpanKind,
} from '@opentelemetry/api';
import type { Sampler, SamplingResult } from '@opentelemetry/sdk-trace';

/**
 * A sampler that samples each span that links to a sampled span. For other spans, the wrapped sampler decides.
 *
 * As the root of a parent-based sampler, it decides only for new traces, so that each trace stays whole:
 * `new ParentBasedSampler({ root: new LinkBasedSampler(new TraceIdRatioBasedSampler(0.1)) })`. It sees only the links that you
 * pass when you start the span. Source: https://opentelemetry.io/docs/specs/otel/trace/sdk/#shouldsample
 */
export class LinkBasedSampler implements Sampler {
  readonly #otherwise: Sampler;

  /** @param otherwise the sampler that decides if no linked span is sampled */
  constructor(otherwise: Sampler) {
    this.#otherwise = otherwise;
  }

  shouldSample(
    context: Context,
    traceId: string,
    spanName: string,
    spanKind: SpanKind,
    attributes: Attributes,
    links: Link[],
  ): SamplingResult {
    // The SDK passes a list, but a sampler that wraps this one may not.
    if ((links as Link[] | undefined)?.some(isSampled))
      return { decision: SamplingDecision.RECORD_AND_SAMPLED };
    return this.#otherwise.shouldSample(context, traceId, spanName, spanKind, attributes, links);
  }

  toString(): string {
    return `LinkBased{${this.#otherwise.toString()}}`;
  }
}

// Contrary to the type, the context of a link may be missing, if the caller has none.
function isSampled(link: Partial<Link> | null): boolean {
  const context = link?.context;
  return (
    context !== undefined && isSpanContextValid(context) && (context.traceFlags & TraceFlags.SAMPLED) !== 0
  );
}
