import type { SpanShape } from '../tree/span.ts';

/* The attributes of this project's own spans that a drawing shows. Other spans don't have them. */

type Attributes = Pick<SpanShape, 'attributes'>;

/** Returns the number of a span's attempt at its work, from 1, or undefined if the span has no such attribute. */
export function attemptOf({ attributes }: Attributes): number | undefined {
  return positive(attributes['demo.attempt']);
}

/** Returns the id of the order that a span belongs to, or undefined if the span has no such attribute. */
export function orderOf({ attributes }: Attributes): string | undefined {
  const order = attributes['demo.order.id'];
  return typeof order === 'string' ? order : undefined;
}

/** Returns by how many milliseconds a span may have started or ended later than recorded, or undefined if its times are exact. */
export function precisionOf({ attributes }: Attributes): number | undefined {
  return positive(attributes['demo.time.precision']);
}

function positive(value: unknown): number | undefined {
  return Number(value) > 0 ? Number(value) : undefined;
}

/** Returns a function that numbers a span's attempt, from 1. The number is undefined if the work was tried only once. */
export function attemptsAmong(spans: readonly SpanShape[]): (span: SpanShape) => number | undefined {
  const repeated = new Set(spans.filter((span) => (attemptOf(span) ?? 1) > 1).map(workOf));
  return (span) => (repeated.has(workOf(span)) ? attemptOf(span) : undefined);
}

const workOf = (span: SpanShape): string => JSON.stringify([span.service, span.name, orderOf(span)]);
