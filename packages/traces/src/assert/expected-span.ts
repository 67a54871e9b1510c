import type { AttributeValue, SpanKind, StatusCode } from '../tree/span.ts';

/** The expected content of a trace in one place. In all strings, `*` stands for any text. */
export interface ExpectedSpan {
  name: string;
  service?: string;
  kind?: SpanKind;
  status?: StatusCode;
  /** These attributes, others may be there too; `null` means that it must not be there. */
  attributes?: Record<string, AttributeValue>;
  /** How many links, or a label for each link that must be among them: `writer PRODUCER send orders`, or `*` for a link to a span that is not given. */
  links?: number | readonly string[];
  /** How many such spans hang here. Default exactly one. */
  count?: number | { min?: number; max?: number };
  /** None is fine, too. */
  optional?: boolean;
  children?: readonly Expected[];
}

/** A span, or in short its label: `writer SERVER POST /orders`, or only a name. */
export type Expected = ExpectedSpan | string;

/** The least and the most that may be there. */
export function boundsOf({ count = 1, optional = false }: ExpectedSpan): { min: number; max: number } {
  const given = typeof count === 'number' ? { min: count, max: count } : count;
  const { min = 1, max = Infinity } = given;
  return { min: optional ? 0 : min, max };
}

/** `poller CONSUMER process orders ×2`: as much as is said of the span, in one line. */
export function describeExpected(expected: ExpectedSpan): string {
  const { service, kind, name, count, optional } = expected;
  const { min, max } = boundsOf(expected);
  const times =
    count === undefined ? '' : ` ×${min === max ? min : `${min}–${max === Infinity ? 'any' : max}`}`;
  // A kind without a service would read as one.
  const who = kind === undefined ? service : `${service ?? '*'} ${kind}`;
  return `${who === undefined ? '' : `${who} `}${name}${times}${optional ? ' (optional)' : ''}`;
}
