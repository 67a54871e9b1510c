import { HTTP_SERVER_SPANS, type InstrumentedSpans } from '@beyond-headers/contracts/telemetry';
import { isUnobserved } from '@beyond-headers/telemetry';
import { SERVICES } from '../http/services.ts';

/** Returns the server spans that Express creates for the documented calls of each traced service: `POST /orders`, `GET /orders/:id`. */
export function serverSpans(): InstrumentedSpans {
  const traced = SERVICES.filter(({ service }) => service.isTraced);
  const spans = traced.flatMap(({ document, service }) =>
    Object.entries(document.paths)
      .filter(([path]) => !isUnobserved(path))
      .flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, { summary }]) => ({
          service: service.name,
          name: `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
          brief: summary,
        })),
      ),
  );
  return { ...HTTP_SERVER_SPANS, spans };
}
