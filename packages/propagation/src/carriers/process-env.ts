import type { Carrier } from '../carrier.ts';
import { envNameOf, isEnvName } from './env-name.ts';
import { fitsEnvironment } from './env-value.ts';
import { fieldNames, readText, removeField, writeField } from './own-fields.ts';

/** `processEnvCarrier` reads and writes an environment of this type: `process.env`, or a copy of it for a child process. */
export type ProcessEnvironment = Record<string, string | undefined>;

/**
 * Carries context in the environment of a process, under upper-case names (`TRACEPARENT`).
 *
 * Write into a copy of the environment that you pass to one child process. Never write into your own `process.env`: it has the
 * context with which your process was started.
 * Source: https://opentelemetry.io/docs/specs/otel/context/env-carriers/
 */
export const processEnvCarrier: Carrier<ProcessEnvironment> = {
  isInternal: true,
  nameOf: envNameOf,
  set(env, field, value) {
    const name = envNameOf(field);
    if (fitsEnvironment(name, value)) writeField(env, name, value);
  },
  get: (env, field) => readText(env, envNameOf(field)),
  keys: (env) => fieldNames(env).filter(isEnvName),
  clear(env, field) {
    removeField(env, envNameOf(field));
  },
};
