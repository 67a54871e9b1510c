import type { Carrier } from '../carrier.ts';
import { fitsEnvironment, readOwnField } from '../field-value.ts';
import { envNameOf } from './env-name.ts';
import { isReadable } from './is-readable.ts';

/** Environment of a process: `process.env`, or a copy of it made for a child. */
export type ProcessEnvironment = Record<string, string | undefined>;

/**
 * Carries context in the environment of a process, under upper-case names (`TRACEPARENT`).
 *
 * Write into a copy made for one child, never into your own `process.env`: environment is input at start.
 * Source: https://opentelemetry.io/docs/specs/otel/context/env-carriers/
 */
export const processEnvCarrier: Carrier<ProcessEnvironment> = {
  isInternal: true,
  set(env, field, value) {
    if (fitsEnvironment(field, value)) env[envNameOf(field)] = value;
  },
  get(env, field) {
    return readOwnField(env, envNameOf(field));
  },
  keys(env) {
    return isReadable(env) ? Object.keys(env) : [];
  },
  clear(env, field) {
    delete env[envNameOf(field)];
  },
};
