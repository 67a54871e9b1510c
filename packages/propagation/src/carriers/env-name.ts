/**
 * Returns the name of the environment variable for a propagator's field: `X_B3_TRACEID` for `x-b3-traceid`. ASCII letters become
 * upper case. All characters except letters, digits and `_` become `_`. A leading digit gets a `_` in front, and an empty name
 * becomes `_`.
 * Source: https://opentelemetry.io/docs/specs/otel/context/env-carriers/#key-name-normalization
 */
export function envNameOf(field: string): string {
  return KNOWN_NAMES.get(field) ?? normalize(field);
}

/** Reports whether {@link envNameOf} can return this name. Variables with other names carry no context. */
export function isEnvName(name: unknown): name is string {
  return typeof name === 'string' && /^[A-Z_][A-Z0-9_]*$/.test(name);
}

// Nearly every inject writes these fields, so a lookup speeds it up.
// Stryker disable all: without these names each is worked out, to the same.
const KNOWN_NAMES = new Map(
  ['traceparent', 'tracestate', 'baggage'].map((field) => [field, normalize(field)]),
);
// Stryker restore all

function normalize(field: string): string {
  // `toUpperCase()` on the whole name would turn `ß` into `SS`.
  const name = field.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase()).replaceAll(/[^A-Z0-9_]/g, '_');
  return /^[A-Z_]/.test(name) ? name : `_${name}`;
}
