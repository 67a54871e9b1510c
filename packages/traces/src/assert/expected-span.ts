import type { AttributeValue, SpanKind, StatusCode } from '../tree/span.ts';

/** An expected span of a trace. In all strings, `*` matches any text. */
export interface ExpectedSpan {
  name: string;
  service?: string;
  kind?: SpanKind;
  status?: StatusCode;
  /** The expected attributes. The span may have others. `null` means that the attribute must be absent. */
  attributes?: Record<string, AttributeValue>;
  /**
   * The exact number of links, or labels of spans that must be among the linked ones, such as `writer PRODUCER send orders`. `*` matches
   * any link, even to a span that is missing.
   */
  links?: number | readonly string[];
  /** How often the span must occur here. Default exactly one. */
  count?: number | { min?: number; max?: number };
  /** Whether the span may be absent. */
  optional?: boolean;
  children?: readonly Expected[];
}

/** An expected span, or its short form: a label such as `writer SERVER POST /orders`, or only a name. */
export type Expected = ExpectedSpan | string;

/** Returns how often the span must occur at least, and may occur at most. */
export function boundsOf({ count = 1, optional = false }: ExpectedSpan): { min: number; max: number } {
  const given = typeof count === 'number' ? { min: count, max: count } : count;
  const { min = 1, max = Infinity } = given;
  return { min: optional ? 0 : min, max };
}

/** Describes the expected span in one line, such as `poller CONSUMER process orders ×2`. */
export function describeExpected(expected: ExpectedSpan): string {
  const { service, kind, name, count, optional } = expected;
  const { min, max } = boundsOf(expected);
  const times =
    count === undefined ? '' : ` ×${min === max ? min : `${min}–${max === Infinity ? 'any' : max}`}`;
  // Without `*`, a kind alone would look like a service.
  const who = kind === undefined ? service : `${service ?? '*'} ${kind}`;
  return `${who === undefined ? '' : `${who} `}${name}${times}${optional ? ' (optional)' : ''}`;
}
