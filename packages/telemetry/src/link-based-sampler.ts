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
 * Samples a span that links to a sampled one; asks the sampler that it wraps about any other.
 *
 * As the root of a parent-based sampler it decides for new traces only, so that each trace stays whole:
 * `new ParentBasedSampler({ root: new LinkBasedSampler(new TraceIdRatioBasedSampler(0.1)) })`. It sees the links that a span starts
 * with, not those added later. Source: https://opentelemetry.io/docs/specs/otel/trace/sdk/#shouldsample
 */
export class LinkBasedSampler implements Sampler {
  readonly #otherwise: Sampler;

  /** @param otherwise decides where no link is sampled */
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
    // The SDK gives a list, but a sampler around this one may not.
    if ((links as Link[] | undefined)?.some(isSampled))
      return { decision: SamplingDecision.RECORD_AND_SAMPLED };
    return this.#otherwise.shouldSample(context, traceId, spanName, spanKind, attributes, links);
  }

  toString(): string {
    return `LinkBased{${this.#otherwise.toString()}}`;
  }
}

// A caller without a context to link to may give a link to nothing, against the type.
function isSampled(link: Partial<Link> | null): boolean {
  const context = link?.context;
  return (
    context !== undefined && isSpanContextValid(context) && (context.traceFlags & TraceFlags.SAMPLED) !== 0
  );
}
