import { trace } from '@opentelemetry/api';
import { pino, type Logger } from 'pino';

export type { Logger };

/** JSON lines on stdout; the trace and span ids of the active span are added here, never by callers. */
export function createLogger(name: string, level = 'info'): Logger {
  return pino({
    name,
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }), bindings: () => ({ service: name }) },
    mixin: activeIds,
    redact: ['req.headers.authorization', 'req.headers.cookie'],
  });
}

function activeIds(): object {
  const spanContext = trace.getActiveSpan()?.spanContext();
  return spanContext ? { trace_id: spanContext.traceId, span_id: spanContext.spanId } : {};
}
