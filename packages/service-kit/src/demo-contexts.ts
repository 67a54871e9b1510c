import { context, ROOT_CONTEXT, trace, type Context, type Span, type SpanContext } from '@opentelemetry/api';
import { SPAN } from '@beyond-headers/contracts';

/** What the SDK shows of a span and the API does not. */
type SdkSpan = Span & { parentSpanContext?: SpanContext };

/** Wrong contexts for the demo's pitfalls. Nothing else may want them. */
export const demoContexts = {
  /** Of somebody else's work: as if a template had been stored in another request, with the context of that one. */
  stale(): Context {
    const span = trace.getTracer('beyond-headers').startSpan(SPAN.storeTemplate, { root: true });
    span.end();
    return trace.setSpan(ROOT_CONTEXT, span);
  },
  /** Of what was current before the active span began: captured one span too early. */
  early(): Context {
    const active: SdkSpan | undefined = trace.getActiveSpan();
    const parent = active?.parentSpanContext;
    return parent ? trace.setSpanContext(context.active(), parent) : ROOT_CONTEXT;
  },
};
