import { propagation, type Context, type Span } from '@opentelemetry/api';
import type { SpanProcessor } from '@opentelemetry/sdk-trace';

/** A span processor that copies the baggage of the work to each span. Only allowed keys become baggage, so it needs no filter. */
export const baggageAttributes: SpanProcessor = {
  onStart: (span: Span, parent: Context) => void span.setAttributes(baggageOf(parent)),
  onEnd: () => {},
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};

/** Returns the entries of a context's baggage as attributes. */
export function baggageOf(context: Context): Record<string, string> {
  const entries = propagation.getBaggage(context)?.getAllEntries() ?? [];
  return Object.fromEntries(entries.map(([key, { value }]) => [key, value]));
}
