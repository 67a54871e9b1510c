import { propagation } from '@opentelemetry/api';
import { ATTR } from '@beyond-headers/contracts';

/**
 * What the pod's environment carried, as attributes for the span of the run: `demo.carrier.TRACEPARENT` and so on. Only
 * the propagator's fields, so that no other variable, which may be a secret, gets into a trace; in any case, since a name
 * that nobody reads is worth seeing.
 */
export function carriedVariables(env: NodeJS.ProcessEnv): Record<string, string> {
  const fields = propagation.fields().map((field) => field.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_'));
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value && fields.includes(name.toUpperCase()) ? [[`${ATTR.carrierVariable}.${name}`, value]] : [],
    ),
  );
}
