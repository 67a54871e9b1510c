import { propagation, type Context, type Span } from '@opentelemetry/api';
import type { ProcessorHooks } from './guarded-processor.ts';

/** Copies the baggage of the work to each span. Only allowed keys become baggage, so it needs no filter. */
export const baggageAttributes: ProcessorHooks = {
  onStart: (span: Span, parent: Context) => void span.setAttributes(baggageOf(parent)),
};

/** Returns the entries of a context's baggage as attributes. */
export function baggageOf(context: Context): Record<string, string> {
  const entries = propagation.getBaggage(context)?.getAllEntries() ?? [];
  return Object.fromEntries(entries.map(([key, { value }]) => [key, value]));
}
