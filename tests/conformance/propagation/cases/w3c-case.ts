/** A request header as the harness of w3c/trace-context sends it. */
export type HeaderLine = readonly [name: string, value: string];

/** One request of a case: what is sent, and what the service must propagate. */
export interface W3cRequest {
  lines: readonly HeaderLine[];
  /** How many calls the service makes for this one request. Default: 1. */
  calls?: number;
  /** Whether the service joins the trace of the request, or starts a new one. */
  trace: 'joined' | 'new';
  /** Members of the propagated tracestate, with the accepted values. A member that is undefined must be missing. */
  state?: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Number of members of the propagated tracestate. */
  members?: number;
  /** Keys that must come in this order. */
  order?: readonly string[];
  /** Whether the propagated traceparent must have the random flag. */
  random?: boolean;
}

/** One test of the suite, by its name there. */
export interface W3cCase {
  name: string;
  requests: readonly W3cRequest[];
}

const TRACE = '12345678901234567890123456789012';
const PARENT = '1234567890123456';

/** Returns the `traceparent` line that the suite uses, with parts replaced. */
export function parentLine({
  version = '00',
  traceId = TRACE,
  parentId = PARENT,
  flags = '01',
} = {}): HeaderLine {
  return ['traceparent', `${version}-${traceId}-${parentId}-${flags}`];
}
