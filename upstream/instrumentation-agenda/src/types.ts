import type { TraceShape } from '@beyond-headers/propagation';
import type { Span } from '@opentelemetry/api';
import type { InstrumentationConfig } from '@opentelemetry/instrumentation';
import type { Job } from 'agenda';

/** The argument of a hook. */
export interface AgendaJobInfo {
  job: Job;
}

/** Adds attributes to the span of a job. An error that the hook throws is logged, and doesn't affect the job. */
export type AgendaJobHook = (span: Span, info: AgendaJobInfo) => void;

export interface AgendaInstrumentationConfig extends InstrumentationConfig {
  /**
   * How the span of a run relates to the span that sent the job. By default, it is a child. For a repeated job, it is a root with a link,
   * because otherwise the trace of the schedule would never end.
   */
  shape?: TraceShape | ((info: AgendaJobInfo) => TraceShape);
  /** Called before a job is saved. */
  producerHook?: AgendaJobHook;
  /** Called before the handler of a job runs. */
  consumerHook?: AgendaJobHook;
}
