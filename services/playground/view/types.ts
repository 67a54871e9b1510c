import type { FoundCarrier, JobStanding, OrderStanding, Run } from '@beyond-headers/journey';
import type { SpanKind, SpanShape } from '@beyond-headers/traces/tree';
import type { RunSettings } from './settings.ts';

/** What the server sends to the page about a run. It is plain JSON. Values from outside are text. */

/** A span as the page draws it: every attribute as text. */
export interface SpanView extends SpanShape {
  kind: SpanKind;
  attributes: Record<string, string>;
  /** The attributes of the process that created it. */
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
  /** How many approvals the order still needs. Absent if it was placed without `approval`. */
  approvalsLeft?: number;
}

export interface JobState extends JobStanding {
  jobName: string;
}

/** The state of a run. */
export interface RunState extends Run {
  /** The trace id that the click created. */
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
  /** Whether `spans` replaces all earlier spans, as for a new page, or after a restart of the server. */
  reset: boolean;
}

/** A run in the list. */
export interface RunSummary {
  runId: string;
  settings: RunSettings;
  startedAtMs: number;
}

/** A name and its value, as found in the carrier. */
export type CarrierRow = FoundCarrier['rows'][number] & { value: string };

/** One place that carried, or should have carried, the context. */
export interface CarrierView extends FoundCarrier {
  id: 'http' | 'document' | 'job' | 'pod';
  rows: CarrierRow[];
  /** Whether the carrier could be read. If not, the page says nothing about what it carries. */
  isKnown: boolean;
  /** Where it was read from, or why there is nothing to show. */
  source: string;
}
