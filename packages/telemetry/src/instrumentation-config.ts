import { queryText } from './query-text.ts';
import { isUnobserved } from './unobserved.ts';

/** Layers of Express, as its instrumentation names them; the package itself is not loaded in a job. */
const EXPRESS_LAYERS = ['middleware', 'request_handler', 'router'];

/** How the instrumentations are set, by the short names of `OTEL_NODE_ENABLED_INSTRUMENTATIONS`. */
export const INSTRUMENTATION_CONFIG = {
  http: {
    ignoreIncomingRequestHook: (request: { url?: string }) => isUnobserved(request.url),
    // The services' own calls go through fetch, which undici's instrumentation covers.
    requireParentforOutgoingSpans: true,
  },
  // Only the route in the SERVER span's name is wanted: a span for each layer would stand between cause and effect.
  express: { ignoreLayersType: EXPRESS_LAYERS },
  // A watch of the Kubernetes API is one endless request: without a parent it would be a trace of its own.
  undici: { requireParentforSpans: true },
  // Polls and heartbeats run outside any span, so with a parent required an idle poller exports nothing.
  mongodb: { requireParentSpan: true, dbStatementSerializer: queryText },
  // Sends log lines on; the logger itself puts the ids into them.
  pino: { disableLogCorrelation: true },
};
