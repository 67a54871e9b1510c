import type { Choice } from './choices.ts';

/** What the server tells the page about one run. Plain JSON: every value that came from outside is text. */

/** A span as the page draws it. Times are milliseconds since 1970 with a fraction. */
export interface SpanView {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: string;
  service: string;
  startMs: number;
  endMs: number;
  attributes: Record<string, string>;
  events: EventView[];
  links: LinkView[];
  /** Status message, when the status is ERROR. */
  error?: string;
}

export interface EventView {
  name: string;
  timeMs: number;
  attributes: Record<string, string>;
}

export interface LinkView {
  traceId: string;
  spanId: string;
}

/** What was asked for with one click. */
export interface RunSettings {
  customer: string;
  report: boolean;
  /** How many orders are placed. */
  orders: number;
  document: Choice<'document'>;
  job: Choice<'job'>;
  shape: Choice<'shape'>;
  failTimes: number;
  handlerMs: number;
  jobFault: Choice<'jobFault'>;
}

export interface OrderState {
  orderId: string;
  status: string;
  attempts: number;
  error?: string;
}

export interface JobState {
  jobName: string;
  phase: string;
  reason?: string;
}

/** Where a run stands. */
export interface RunState {
  /** The trace id that the click made. */
  runId: string;
  /** Absent for a trace that did not start on this page. */
  settings?: RunSettings;
  /** Every trace of the run, the click's first. */
  traceIds: string[];
  orders: OrderState[];
  jobs: JobState[];
  /** Nothing more is expected. */
  settled: boolean;
  /** Why the picture may be incomplete, in a sentence. */
  problem?: string;
}

/** One event of the stream: the state, and the spans that are new since the last one. */
export interface RunUpdate {
  state: RunState;
  spans: SpanView[];
  /** The spans known so far no longer count: the server started anew. */
  reset: boolean;
}

/** A run in the list. */
export interface RunSummary {
  runId: string;
  settings: RunSettings;
  startedAtMs: number;
}

/** A name and its value as they were found. */
export interface CarrierRow {
  name: string;
  value: string;
  /** `carries`: a field of the propagator, which readers find. `unread`: it holds a context that no reader finds. */
  role: 'carries' | 'unread' | 'other';
}

/** One place that carried, or should have carried, the context. */
export interface CarrierView {
  id: 'http' | 'document' | 'job' | 'pod';
  rows: CarrierRow[];
  /** Whether it could be looked at; else nothing is said of what it carries. */
  isKnown: boolean;
  /** Where it was read from, or why there is nothing to show. */
  source: string;
}
