import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import {
  captureContext,
  StrictTraceContextPropagator,
  type DocumentContext,
} from '@beyond-headers/propagation';
import type { Context, TextMapPropagator } from '@opentelemetry/api';
import type { Arrival, Line } from '../hops/hop.ts';

/** One row of the table: what is sent, either injected or as raw lines, and the context that must continue after every hop. */
export interface CarrierCase {
  name: string;
  /** Default: {@link w3c}. */
  propagator?: TextMapPropagator;
  inject?: Context;
  lines?: Line[];
  expect: DocumentContext | undefined;
}

/** Extracts what arrived, and captures it as for the next hop. */
export const verdictOf = (arrival: Arrival): DocumentContext | undefined => captureContext(arrival());

/** The propagators that an SDK sets by default. */
export const w3c = new CompositePropagator({
  propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()],
});

/** The same, with the strict propagator in place of upstream's. */
export const strict = new CompositePropagator({
  propagators: [new StrictTraceContextPropagator(), new W3CBaggagePropagator()],
});

export const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
export const SPAN_ID = 'b7ad6b7169203331';
export const traceparent = `00-${TRACE_ID}-${SPAN_ID}-01`;

/** A valid `traceparent` line, for cases about the other fields. */
export const parent: Line = ['traceparent', traceparent];

/** Longer than any field may be, but short enough that no transport refuses it. */
export const OVERSIZE = 20_000;
