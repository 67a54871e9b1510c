import type { TraceShape } from '@beyond-headers/propagation';
import type { Span } from '@opentelemetry/api';
import type { InstrumentationConfig } from '@opentelemetry/instrumentation';
import type { Job } from 'agenda';

/** What a hook gets. */
export interface AgendaJobInfo {
  job: Job;
}

/** Adds attributes to the span of a job. What it throws is logged and changes nothing. */
export type AgendaJobHook = (span: Span, info: AgendaJobInfo) => void;

export interface AgendaInstrumentationConfig extends InstrumentationConfig {
  /**
   * How the span of a run hangs on the span that sent the job. By default it is a child, and for a job that repeats it links: each run
   * has a trace of its own, or the trace of the schedule would never end.
   */
  shape?: TraceShape | ((info: AgendaJobInfo) => TraceShape);
  /** Called before a job is saved. */
  producerHook?: AgendaJobHook;
  /** Called before the handler of a job runs. */
  consumerHook?: AgendaJobHook;
}
