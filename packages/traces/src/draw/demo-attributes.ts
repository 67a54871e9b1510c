import type { SpanShape } from '../tree/span.ts';

/* What a drawing knows of the attributes that this project's own spans have. Other spans lack them, and are drawn without. */

type Attributes = Pick<SpanShape, 'attributes'>;

/** Which attempt at the same work a span is, from 1; undefined where it does not say. */
export function attemptOf({ attributes }: Attributes): number | undefined {
  return positive(attributes['demo.attempt']);
}

/** The order that a span is about; undefined where it does not say. */
export function orderOf({ attributes }: Attributes): string | undefined {
  const order = attributes['demo.order.id'];
  return typeof order === 'string' ? order : undefined;
}

/** By how many milliseconds a span may have begun or ended later than it says; undefined where its times are exact. */
export function precisionOf({ attributes }: Attributes): number | undefined {
  return positive(attributes['demo.time.precision']);
}

function positive(value: unknown): number | undefined {
  return Number(value) > 0 ? Number(value) : undefined;
}
