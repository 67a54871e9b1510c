import type { Attributes, Context, Link, SpanKind, SpanStatus } from '@opentelemetry/api';

/** A span that is created afterwards, from facts that other systems recorded. */
export interface DerivedSpan {
  /** Identifies the fact, e.g. `<pod uid>/observe`. The same key gives the same span ID in every process. */
  key: string;
  name: string;
  kind: SpanKind;
  /** The context of the parent. Without a span in it, the trace ID is derived from `traceKey`. */
  context: Context;
  /** A key that all spans of a trace share. By default, `key`. */
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

/** Sets the function that records derived spans. */
export function onDerivedSpan(recorder: (span: DerivedSpan) => void): void {
  record = recorder;
}

/**
 * Records a span whose ID and resource come only from the fact, not from this process. So a restarted process, or a second one
 * that runs at the same time, may record it again. Both spans are identical, and a trace store keeps one of them
 * (docs/decisions/observer-without-state.md). Does nothing if telemetry is off.
 */
export function recordDerivedSpan(span: DerivedSpan): void {
  record?.(span);
}
