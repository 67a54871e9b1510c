import type { DocumentContext } from '@beyond-headers/propagation';
import type { Span } from '@beyond-headers/traces';

/** Returns the attempts at orders, in the order in which they began. */
export const attemptsIn = (spans: Span[]): Span[] =>
  spans.filter(({ name }) => name === 'process orders').toSorted((a, b) => Number(a.startNs - b.startNs));

/** Returns the first attempt at an order. */
export const attemptIn = (spans: Span[]): Span => attemptsIn(spans)[0]!;

/** Returns the ids of the spans to which a span links. */
export const linksOf = (span: Span | undefined): string[] | undefined =>
  span?.links.map(({ spanId }) => spanId);

/** Returns the id of the span in a carrier. */
export const spanIdOf = (carrier: DocumentContext | undefined): string | undefined =>
  carrier?.['traceparent']?.split('-')[2];
