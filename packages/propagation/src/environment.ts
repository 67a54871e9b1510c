import { ROOT_CONTEXT, type Context } from '@opentelemetry/api';
import { processEnvCarrier, type ProcessEnvironment } from './carriers/process-env.ts';
import type { FieldValues } from './checked-carrier.ts';
import { currentContext, runIn } from './current-context.ts';
import { extractContext } from './extract.ts';
import { injectContext } from './inject.ts';

/**
 * Returns the context that this process was started with. If there is none, returns the empty root context.
 *
 * @param values `opaque` passes every value unchanged to the propagator, as OpenTelemetry's own environment carrier does
 */
export function extractFromEnvironment(env: ProcessEnvironment = process.env, values?: FieldValues): Context {
  return extractContext(env, processEnvCarrier, ROOT_CONTEXT, values);
}

/**
 * Returns a copy of the environment for a child process or a worker, with the *current* context in it.
 *
 * Pass the copy when you start the child. Otherwise, the child inherits the `TRACEPARENT` with which its parent was started, and
 * the child's work appears beside the parent's work instead of below it. If there is no current context, the function removes
 * the inherited variables from the copy.
 */
export function environmentForChild(env?: OwnEnvironment): OwnEnvironment;
export function environmentForChild(env?: ProcessEnvironment): ProcessEnvironment;
export function environmentForChild(env: ProcessEnvironment = process.env): ProcessEnvironment {
  return injectContext(currentContext(), { ...env }, processEnvCarrier);
}

/** The type of `process.env` in the caller's project. Frameworks such as Next.js declare required variables in it. */
type OwnEnvironment = typeof globalThis extends { process: { env: infer E extends ProcessEnvironment } }
  ? E
  : ProcessEnvironment;

/**
 * Runs a function in the context that this process was started with, and returns the function's result. Call it around the work
 * of a program that another program starts, such as a Job.
 */
export function runWithExtractedContext<T>(fn: () => T): T {
  return runIn(() => extractFromEnvironment(), fn);
}
