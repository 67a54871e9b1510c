import type { Context } from '@opentelemetry/api';
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace';
import { messageOf, warn } from './log.ts';

/** A span processor, without the hooks for which it has nothing to do. */
export type ProcessorHooks = Partial<SpanProcessor>;

/**
 * Returns a span processor with all hooks, none of which throws. Otherwise, an error would fail a request in the middle of an
 * instrumentation, and the next processors wouldn't get the span. The first failure of each hook is reported.
 */
export function guarded(hooks: ProcessorHooks): SpanProcessor {
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
    onStart: (span: Span, parent: Context) => attempt('onStart', () => hooks.onStart?.(span, parent)),
    onEnding: (span: Span) => attempt('onEnding', () => hooks.onEnding?.(span)),
    onEnd: (span: ReadableSpan) => attempt('onEnd', () => hooks.onEnd?.(span)),
    forceFlush: async () => hooks.forceFlush?.(),
    shutdown: async () => hooks.shutdown?.(),
  };
}
