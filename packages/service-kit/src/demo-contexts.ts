import { context, ROOT_CONTEXT, trace, type Context, type Span, type SpanContext } from '@opentelemetry/api';
import { SPAN } from '@beyond-headers/contracts';

/** The SDK's spans have this property, but the API's type doesn't. */
type SdkSpan = Span & { parentSpanContext?: SpanContext };

/** Wrong contexts for the demo's pitfalls. Don't use them elsewhere. */
export const demoContexts = {
  /** Returns the context of unrelated work, as if another request had stored a template together with its own context. */
  stale(): Context {
    const span = trace.getTracer('beyond-headers').startSpan(SPAN.storeTemplate, { root: true });
    span.end();
    return trace.setSpan(ROOT_CONTEXT, span);
  },
  /** Returns the context of the active span's parent, as if it were captured one span too early. */
  early(): Context {
    const active: SdkSpan | undefined = trace.getActiveSpan();
    const parent = active?.parentSpanContext;
    return parent ? trace.setSpanContext(context.active(), parent) : ROOT_CONTEXT;
  },
};
