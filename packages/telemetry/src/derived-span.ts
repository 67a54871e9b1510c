import type { Attributes, Context, Link, SpanKind, SpanStatus } from '@opentelemetry/api';

/** A span that is made from facts which others recorded, after the event. */
export interface DerivedSpan {
  /** Which fact this is, e.g. `<pod uid>/observe`. The same key gives the same span id in every process. */
  key: string;
  name: string;
  kind: SpanKind;
  /** Where the span hangs; without a span in it the trace id is derived as well, from `traceKey`. */
  context: Context;
  /** What spans of one trace have in common; `key` when absent. */
  traceKey?: string | undefined;
  links?: Link[] | undefined;
  startTime: Date;
  endTime: Date;
  attributes: Attributes;
  events: DerivedEvent[];
  status?: SpanStatus | undefined;
}

export interface DerivedEvent {
  name: string;
  time: Date;
  attributes?: Attributes | undefined;
}

let record: ((span: DerivedSpan) => void) | undefined;

/** Says how derived spans get to the collector. */
export function onDerivedSpan(recorder: (span: DerivedSpan) => void): void {
  record = recorder;
}

/**
 * Records a span whose id and resource come from the fact alone, not from this process. So a process that was restarted, or a
 * second one beside it, may record it again: word for word the same span, of which a trace store keeps one
 * (docs/decisions/observer-without-state.md). Does nothing while telemetry is off.
 */
export function recordDerivedSpan(span: DerivedSpan): void {
  record?.(span);
}
