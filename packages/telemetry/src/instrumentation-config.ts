import { queryText } from './query-text.ts';
import { isUnobserved } from './unobserved.ts';

/** The layers of Express, as its instrumentation names them. They are copied, because a job doesn't load that package. */
const EXPRESS_LAYERS = ['middleware', 'request_handler', 'router'];

/** The configurations of the instrumentations, by their short names in `OTEL_NODE_ENABLED_INSTRUMENTATIONS`. */
export const INSTRUMENTATION_CONFIG = {
  http: {
    ignoreIncomingRequestHook: (request: { url?: string }) => isUnobserved(request.url),
    // The services' own calls go through fetch, which undici's instrumentation covers.
    requireParentforOutgoingSpans: true,
  },
  // Only the route in the SERVER span's name is needed. Spans for each layer would separate cause and effect.
  express: { ignoreLayersType: EXPRESS_LAYERS },
  // A watch of the Kubernetes API is an endless request. Without a parent, it would be its own trace.
  undici: { requireParentforSpans: true },
  // Polls and heartbeats run outside of any span. Because a parent is required, an idle poller exports nothing.
  mongodb: { requireParentSpan: true, dbStatementSerializer: queryText },
  // Only exports log lines, because the logger itself adds the IDs.
  pino: { disableLogCorrelation: true },
};
