import type { Context } from '@opentelemetry/api';
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace';
import { messageOf, warn } from './log.ts';

/**
 * Keeps a processor's failures from the code that starts or ends a span. If they were thrown on, they would fail a request in the
 * middle of an instrumentation, and keep the span from the processors after it. Each kind of failure is reported once.
 */
export function guarded(processor: SpanProcessor): SpanProcessor {
  const reported = new Set<string>();
  const attempt = (hook: string, call: () => void): void => {
    try {
      call();
    } catch (error) {
      if (!reported.has(hook))
        warn(`a span processor failed at ${hook}; the work continues: ${messageOf(error)}`);
      reported.add(hook);
    }
  };
  return {
    onStart: (span: Span, parent: Context) => attempt('onStart', () => processor.onStart(span, parent)),
    onEnding: (span: Span) => attempt('onEnding', () => processor.onEnding?.(span)),
    onEnd: (span: ReadableSpan) => attempt('onEnd', () => processor.onEnd(span)),
    forceFlush: async () => processor.forceFlush(),
    shutdown: async () => processor.shutdown(),
  };
}
