import { propagation } from '@opentelemetry/api';
import { ATTR } from '@beyond-headers/contracts';
import { envNameOf, extractContext, injectContext } from '@beyond-headers/propagation';

/**
 * What the pod's environment carried, as attributes for the span of the run, named after the variable. Includes only
 * the propagator's fields, so that no other variable, which may be a secret, gets into a trace. They match in upper and lower case,
 * because a name that no one reads is worth seeing. Of their values, it shows what this process would pass on: listed baggage, of a
 * bounded length.
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

/** The same fields after the propagator read them, with its list of baggage keys and all limits, and wrote them again. */
function passedOn(fields: Record<string, string | undefined>): Record<string, string> {
  return injectContext<Record<string, string>>(extractContext(fields), {});
}
