import type { FoundCarrier, JobStanding, OrderStanding, Run } from '@beyond-headers/journey';
import type { SpanKind, SpanShape } from '@beyond-headers/traces/tree';
import type { RunSettings } from './settings.ts';

/** What the server sends the page about one run. Plain JSON: every value that came from outside is text. */

/** A span as the page draws it: every attribute as text. */
export interface SpanView extends SpanShape {
  kind: SpanKind;
  attributes: Record<string, string>;
  /** Of the process that made it. */
  resource: Record<string, string>;
  events: EventView[];
}

export interface EventView {
  name: string;
  timeMs: number;
  attributes: Record<string, string>;
}

export interface OrderState extends OrderStanding {
  orderId: string;
  /** How many approvals it waits for; absent when it asked for none. */
  approvalsLeft?: number;
}

export interface JobState extends JobStanding {
  jobName: string;
}

/** Where a run stands. */
export interface RunState extends Run {
  /** The trace id that the click made. */
  runId: string;
  /** Absent for a trace that did not start on this page. */
  settings?: RunSettings;
  orders: OrderState[];
  jobs: JobState[];
  /** Why the waterfall may be incomplete, in a sentence. */
  problem?: string;
}

/** One event of the stream: the state, and the spans that are new since the last one. */
export interface RunUpdate {
  state: RunState;
  spans: SpanView[];
  /** The spans known so far no longer count: the server started again. */
  reset: boolean;
}

/** A run in the list. */
export interface RunSummary {
  runId: string;
  settings: RunSettings;
  startedAtMs: number;
}

/** A name and its value as they were found. */
export type CarrierRow = FoundCarrier['rows'][number] & { value: string };

/** One place that carried, or should have carried, the context. */
export interface CarrierView extends FoundCarrier {
  id: 'http' | 'document' | 'job' | 'pod';
  rows: CarrierRow[];
  /** Whether it could be looked at; else nothing is said of what it carries. */
  isKnown: boolean;
  /** Where it was read from, or why there is nothing to show. */
  source: string;
}
