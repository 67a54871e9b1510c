import { propagation } from '@opentelemetry/api';
import { ATTR } from '@beyond-headers/contracts';
import { envNameOf, extractContext, injectContext } from '@beyond-headers/propagation';

/**
 * Returns the context in the pod's environment as attributes for the span of the run, named after the variables. Includes only the
 * propagator's fields, because other variables may be secret. Ignores case, to also show a variable that propagators miss because its
 * name is in lower case. Values are what this process would pass on: only baggage on the list, and of a limited length.
 */
export function carriedVariables(env: NodeJS.ProcessEnv): Record<string, string> {
  const carried = Object.entries(env).flatMap(([name, value]) => {
    const field = fieldOf(name);
    return field ? [{ name, field, value }] : [];
  });
  const together = Object.fromEntries(carried.map(({ field, value }) => [field, value]));
  return Object.fromEntries(
    carried.flatMap(({ name, field, value }) => {
      const shown = passedOn({ ...together, [field]: value })[field];
      return shown ? [[`${ATTR.carrierVariable}.${name}`, shown]] : [];
    }),
  );
}

function fieldOf(variable: string): string | undefined {
  return propagation.fields().find((field) => envNameOf(field) === envNameOf(variable));
}

/** Extracts and injects the fields, so that the propagator applies its list of baggage keys and all limits. */
function passedOn(fields: Record<string, string | undefined>): Record<string, string> {
  return injectContext<Record<string, string>>(extractContext(fields), {});
}
