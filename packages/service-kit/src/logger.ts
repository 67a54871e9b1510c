import { context, trace } from '@opentelemetry/api';
import { baggageOf, traceIdOf } from '@beyond-headers/telemetry';
import { pino, type Logger } from 'pino';

export type { Logger };

/**
 * Creates a logger that writes JSON lines to stdout. It adds the IDs of the active span and the baggage of the work, so callers
 * never do.
 */
export function createLogger(name: string, level = 'info'): Logger {
  return pino({
    name,
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }), bindings: () => ({ service: name }) },
    mixin: activeContext,
    redact: ['req.headers.authorization', 'req.headers.cookie'],
  });
}

function activeContext(): object {
  const span = trace.getActiveSpan();
  const traceId = traceIdOf(span);
  const ids = traceId === undefined ? {} : { trace_id: traceId, span_id: span?.spanContext().spanId };
  return { ...ids, ...baggageOf(context.active()) };
}
