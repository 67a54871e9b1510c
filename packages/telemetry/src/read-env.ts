import { warn } from './log.ts';
import type { TelemetryVariable } from './variables.ts';

export type Env = Record<string, string | undefined>;

/** The value of a variable; blank means unset. */
export function text(env: Env, name: TelemetryVariable): string | undefined {
  return env[name]?.trim() || undefined;
}

/**
 * The value of a variable that names something known, in lower case: `OTLP` is `otlp`.
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

/** `true` or `false`; another value is named, and means false. */
export function flag(env: Env, name: TelemetryVariable): boolean {
  const value = choice(env, name);
  if (value !== undefined && value !== 'true' && value !== 'false') {
    warn(`${name} is ${JSON.stringify(value)}: expected true or false; using false`);
  }
  return value === 'true';
}

/** A number from 0 (or above a bound); another value is named, and the fallback taken instead. */
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
