import { isSpanContextValid, propagation, trace, type Context } from '@opentelemetry/api';
import { CompositePropagator } from '@opentelemetry/core';
import type { Implementation } from './implementations.ts';
import type { Case, Outcome } from './table.ts';

/** Extracts a case's fields, adds its tracestate member and baggage, and injects the result. Returns what was read and written. */
export function run(implementation: Implementation, { carrier, propagators, input }: Case): Outcome {
  const chosen = propagators.map((name) => implementation.propagators[name]);
  propagation.setGlobalPropagator(new CompositePropagator({ propagators: chosen }));
  const before = { ...process.env };
  if (carrier === 'environment') Object.assign(process.env, input.fields);
  try {
    const extracted = implementation[carrier].extract(input.fields);
    const written = implementation[carrier].inject(adding(extracted, input));
    return { reads: reading(extracted), writes: writing(written) };
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    propagation.disable();
  }
}

function adding(context: Context, { addToTracestate: member, setBaggage = {} }: Case['input']): Context {
  const span = trace.getSpanContext(context);
  const traceState = member && span?.traceState?.set(...member);
  const withState = span && traceState ? trace.setSpanContext(context, { ...span, traceState }) : context;
  const entries = Object.entries(setBaggage);
  if (entries.length === 0) return withState;
  const own = propagation.getBaggage(context) ?? propagation.createBaggage();
  const baggage = entries.reduce((all, [key, value]) => all.setEntry(key, { value }), own);
  return propagation.setBaggage(withState, baggage);
}

function reading(context: Context): Outcome['reads'] {
  const span = trace.getSpanContext(context);
  const entries = propagation.getBaggage(context)?.getAllEntries() ?? [];
  const tracestate = span?.traceState?.serialize();
  return {
    ...(span &&
      isSpanContextValid(span) && {
        traceId: span.traceId,
        spanId: span.spanId,
        flags: span.traceFlags.toString(16).padStart(2, '0'),
        ...(tracestate && { tracestate }),
      }),
    ...(entries.length > 0 && {
      baggage: Object.fromEntries(entries.map(([key, { value }]) => [key, value])),
    }),
  };
}

function writing(written: Record<string, string>): Outcome['writes'] {
  const wrote = Object.entries(written).filter(([, value]) => value !== '');
  return Object.fromEntries(
    wrote.map(([name, value]) => [name, /^baggage$/i.test(name) ? entriesOf(value) : value]),
  );
}

function entriesOf(header: string): Record<string, string> {
  const members = header.split(',').map((member) => /^\s*([^=]*)=?(.*)$/s.exec(member) ?? []);
  return Object.fromEntries(members.map(([, key = '', value = '']) => [key, decodeURIComponent(value)]));
}
