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

/** Reads `true` or `false`. Warns about any other value, and returns false. */
export function flag(env: Env, name: TelemetryVariable): boolean {
  const value = choice(env, name);
  if (value !== undefined && value !== 'true' && value !== 'false') {
    warn(`${name} is ${JSON.stringify(value)}: expected true or false; using false`);
  }
  return value === 'true';
}

/** Reads a number that is at least 0 and greater than `above`. Warns about any other value, and returns the fallback. */
export function number(
  env: Env,
  name: TelemetryVariable,
  fallback: number,
  { above = -1, whole = false }: { above?: number; whole?: boolean } = {},
): number {
  const value = text(env, name);
  if (value === undefined) return fallback;
  const parsed = Number(value);
  const isValid =
    Number.isFinite(parsed) && parsed > above && parsed >= 0 && (!whole || Number.isInteger(parsed));
  if (isValid) return parsed;
  const expected = `a ${whole ? 'whole number' : 'number'} ${above === 0 ? 'above 0' : 'from 0'}`;
  warn(`${name} is ${JSON.stringify(value)}: expected ${expected}; using ${fallback}`);
  return fallback;
}
