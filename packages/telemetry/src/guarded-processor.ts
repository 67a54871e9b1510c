import type { Context } from '@opentelemetry/api';
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace';
import { messageOf, warn } from './log.ts';

/**
 * Wraps a processor so that its hooks never throw. Otherwise, an error would fail a request in the middle of an instrumentation,
 * and the next processors wouldn't get the span. The first failure of each hook is reported.
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
