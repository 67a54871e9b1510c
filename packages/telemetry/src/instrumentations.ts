import type { Instrumentation } from '@opentelemetry/instrumentation';
import { queryText } from './query-text.ts';
import { isUnobserved } from './unobserved.ts';
import { warn } from './log.ts';

/**
 * The same packages that `@opentelemetry/auto-instrumentations-node` bundles, each loaded only when it is asked
 * for by its short name, as in `OTEL_NODE_ENABLED_INSTRUMENTATIONS`: importing the whole bundle costs a job more
 * than its work (docs/decisions/instrumentations.md).
 */
const LOADERS: Record<string, () => Promise<Instrumentation>> = {
  http: async () => {
    const { HttpInstrumentation } = await import('@opentelemetry/instrumentation-http');
    return new HttpInstrumentation({
      ignoreIncomingRequestHook: (request) => isUnobserved(request.url),
      // The services' own calls go through fetch, which undici's instrumentation covers.
      requireParentforOutgoingSpans: true,
    });
  },
  express: async () => {
    const { ExpressInstrumentation, ExpressLayerType } =
      await import('@opentelemetry/instrumentation-express');
    // Only the route in the SERVER span's name is wanted: a span for each layer would stand between cause and effect.
    return new ExpressInstrumentation({
      ignoreLayersType: [
        ExpressLayerType.MIDDLEWARE,
        ExpressLayerType.REQUEST_HANDLER,
        ExpressLayerType.ROUTER,
      ],
    });
  },
  undici: async () => {
    const { UndiciInstrumentation } = await import('@opentelemetry/instrumentation-undici');
    // A watch of the Kubernetes API is one endless request: without a parent it would be a trace of its own.
    return new UndiciInstrumentation({ requireParentforSpans: true });
  },
  mongodb: async () => {
    const { MongoDBInstrumentation } = await import('@opentelemetry/instrumentation-mongodb');
    // Polls and heartbeats run outside any span, so with a parent required an idle poller exports nothing.
    return new MongoDBInstrumentation({ requireParentSpan: true, dbStatementSerializer: queryText });
  },
};

export const INSTRUMENTATION_NAMES = Object.keys(LOADERS);

/** Loads the named instrumentations; an unknown name is said and left out. */
export function loadInstrumentations(names: string[]): Promise<Instrumentation[]> {
  const loaders = names.flatMap((name) => {
    const loader = LOADERS[name];
    if (!loader)
      warn(
        `unknown instrumentation ${JSON.stringify(name)}: expected one of ${INSTRUMENTATION_NAMES.join(', ')}`,
      );
    return loader ?? [];
  });
  return Promise.all(loaders.map((load) => load()));
}
