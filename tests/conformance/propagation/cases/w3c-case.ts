/** A request header as the harness of w3c/trace-context sends it. */
export type HeaderLine = readonly [name: string, value: string];

/** One request of a case: what is sent, and what the service must send on. */
export interface W3cRequest {
  lines: readonly HeaderLine[];
  /** How many calls the service makes for this one request. Default: 1. */
  calls?: number;
  /** Whether the service goes on with the trace it was given, or starts an own one. */
  trace: 'joined' | 'new';
  /** Members that must be in the tracestate that goes on; undefined: must not be there. */
  state?: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Number of members that go on. */
  members?: number;
  /** Keys that must come in this order. */
  order?: readonly string[];
  /** The random flag must be set in what goes on. */
  random?: boolean;
}

/** One test of the suite, by its name there. */
export interface W3cCase {
  name: string;
  requests: readonly W3cRequest[];
}

const TRACE = '12345678901234567890123456789012';
const PARENT = '1234567890123456';

/** The parent that the suite uses, with one part replaced. */
export function parentLine({
  version = '00',
  traceId = TRACE,
  parentId = PARENT,
  flags = '01',
} = {}): HeaderLine {
  return ['traceparent', `${version}-${traceId}-${parentId}-${flags}`];
}
