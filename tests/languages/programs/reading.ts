import { isSpanContextValid, propagation, trace, type Context } from '@opentelemetry/api';

/** What a language extracts: `<trace id>-<span id>-<flags>`, the members of the tracestate, and the baggage entries. */
export interface Reading {
  parent: string;
  state: string;
  baggage: Record<string, string>;
}

/** Returns the content of a context. */
export function readingOf(context: Context): Reading {
  const span = trace.getSpanContext(context);
  const isValid = span !== undefined && isSpanContextValid(span);
  const entries = propagation.getBaggage(context)?.getAllEntries() ?? [];
  return {
    parent: isValid ? `${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, '0')}` : '',
    state: (isValid && span.traceState?.serialize()) || '',
    baggage: Object.fromEntries(entries.map(([key, { value }]) => [key, value])),
  };
}

/** Returns a context with a case's additions. */
export function adding(
  context: Context,
  add: readonly [key: string, value: string] | undefined,
  entries: Record<string, string> = {},
): Context {
  const span = trace.getSpanContext(context);
  const traceState = add && span?.traceState?.set(...add);
  const withState = span && traceState ? trace.setSpanContext(context, { ...span, traceState }) : context;
  const baggage = Object.entries(entries).reduce(
    (all, [key, value]) => all.setEntry(key, { value }),
    propagation.getBaggage(context) ?? propagation.createBaggage(),
  );
  return Object.keys(entries).length > 0 ? propagation.setBaggage(withState, baggage) : withState;
}
