import { propagation, type Context, type Span } from '@opentelemetry/api';
import type { SpanProcessor } from '@opentelemetry/sdk-trace';

/** Baggage that came with the work, seen on every span of it. Only allowed keys ever become baggage, so all of it is shown. */
export const baggageAttributes: SpanProcessor = {
  onStart: (span: Span, parent: Context) => void span.setAttributes(baggageOf(parent)),
  onEnd: () => {},
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};

/** The entries of a context's baggage as plain attributes. */
export function baggageOf(context: Context): Record<string, string> {
  const entries = propagation.getBaggage(context)?.getAllEntries() ?? [];
  return Object.fromEntries(entries.map(([key, { value }]) => [key, value]));
}
