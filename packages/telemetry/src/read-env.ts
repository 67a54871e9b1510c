import { warn } from './log.ts';
import type { TelemetryVariable } from './variables.ts';

export type Env = Record<string, string | undefined>;

/** Returns the value of a variable. Blank means unset. */
export function text(env: Env, name: TelemetryVariable): string | undefined {
  return env[name]?.trim() || undefined;
}

/**
 * Returns the value of an enum variable in lower case: `otlp` for `OTLP`.
 * Source: https://opentelemetry.io/docs/specs/otel/configuration/common/#enum
 */
export function choice(env: Env, name: TelemetryVariable): string | undefined {
  return text(env, name)?.toLowerCase();
}

export function list(value: string | undefined): string[] | undefined {
  return value
    ?.split(',')
    .map((item) => item.trim())
    .filter(Boolean);
}

/**
 * Reads one of the known values, in any case, and returns `unset` if the variable is unset. Warns about any other value, and returns
 * `invalid`.
 */
export function oneOf<T extends string, D extends T | undefined>(
  env: Env,
  name: TelemetryVariable,
  known: readonly T[],
  unset: D,
  invalid: T | D = unset,
): T | D {
  const value = choice(env, name);
  if (value === undefined) return unset;
  const found = known.find((one) => one === value);
  if (found !== undefined) return found;
  const instead = invalid === undefined ? 'ignoring it' : `using ${invalid}`;
  warn(`${name} is ${JSON.stringify(value)}: expected one of ${known.join(', ')}; ${instead}`);
  return invalid;
}

/** Returns the known names of a list, each only once. Warns about each other name. */
export function knownNames<T extends string>(
  variable: TelemetryVariable,
  names: readonly string[],
  known: readonly T[],
  expected = known.join(', '),
): T[] {
  return [...new Set(names)].filter((name): name is T => {
    if (known.some((one) => one === name)) return true;
    warn(`${variable} has ${JSON.stringify(name)}: expected ${expected}; ignoring it`);
    return false;
  });
}

/** Reads a number from 0, or above 0 if `isPositive`, up to `max`. Warns about any other value, and returns the fallback. */
export function number(
  env: Env,
  name: TelemetryVariable,
  fallback: number,
  { isPositive = false, isWhole = false, max = Infinity } = {},
): number {
  const value = text(env, name);
  if (value === undefined) return fallback;
  const parsed = Number(value);
  const isInRange = (isPositive ? parsed > 0 : parsed >= 0) && parsed <= max;
  if (isInRange && (isWhole ? Number.isInteger(parsed) : Number.isFinite(parsed))) return parsed;
  const range = `${isPositive ? 'above 0' : 'from 0'}${max === Infinity ? '' : ` to ${max}`}`;
  warn(
    `${name} is ${JSON.stringify(value)}: expected a ${isWhole ? 'whole number' : 'number'} ${range}; using ${fallback}`,
  );
  return fallback;
}
