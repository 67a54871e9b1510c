/**
 * Gives the environment variable for a propagator's field: upper case, other characters than letters, digits and `_` become
 * `_`, a leading digit gets one in front. `x-b3-traceid` → `X_B3_TRACEID`.
 * Source: https://opentelemetry.io/docs/specs/otel/context/env-carriers/#environment-variable-names
 */
export function envNameOf(field: string): string {
  return KNOWN_NAMES.get(field) ?? normalise(field);
}

// The three that nearly every inject asks for: looked up, as this is on the path of each of them.
const KNOWN_NAMES = new Map(
  ['traceparent', 'tracestate', 'baggage'].map((field) => [field, normalise(field)]),
);

function normalise(field: string): string {
  const name = field.toUpperCase().replaceAll(/[^A-Z0-9_]/g, '_');
  return /^\d/.test(name) ? `_${name}` : name;
}
