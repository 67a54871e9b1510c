import { processEnvCarrier, type ProcessEnvironment } from './carriers/process-env.ts';
import { allFields } from './unlisted-fields.ts';
import { attempt, warn } from './report-once.ts';

/**
 * The name of the environment variable that holds the name of a Kubernetes Job. Set it in the Job's container through
 * Kubernetes' Downward API, with a `fieldRef` to the label `batch.kubernetes.io/job-name`. A process that has the variable
 * knows that it runs in a Job.
 */
export const JOB_NAME_VARIABLE = 'K8S_JOB_NAME';

/**
 * The name of the environment variable that turns implicit extraction on or off. With implicit extraction, a process joins the
 * trace whose context is in its environment, although its code does not extract that context.
 */
export const IMPLICIT_EXTRACTION_VARIABLE = 'TELEMETRY_IMPLICIT_EXTRACTION';

/** The deprecated name of the variable. Its prefix is reserved for OpenTelemetry. */
const OLD_IMPLICIT_EXTRACTION_VARIABLE = 'OTEL_IMPLICIT_EXTRACTION';

const OFF = new Set(['off', 'false', '0', 'no']);
const ON = new Set(['on', 'true', '1', 'yes']);

// Kubernetes itself sets it in the pods of an Indexed Job.
// https://kubernetes.io/docs/concepts/workloads/controllers/job/#completion-mode
const COMPLETION_INDEX_VARIABLE = 'JOB_COMPLETION_INDEX';

/** Kubernetes sets it in every pod. */
const IN_KUBERNETES_VARIABLE = 'KUBERNETES_SERVICE_HOST';

/**
 * Returns whether this process runs in a Kubernetes Job: `K8S_JOB_NAME` is set, or it runs in a pod and `JOB_COMPLETION_INDEX` is
 * set. Outside of a pod, `JOB_COMPLETION_INDEX` doesn't count, because a shell or a CI system may happen to set it.
 */
export function isKubernetesJob(env: ProcessEnvironment = process.env): boolean {
  return Boolean(
    env[JOB_NAME_VARIABLE]?.trim() || (env[COMPLETION_INDEX_VARIABLE] && env[IN_KUBERNETES_VARIABLE]),
  );
}

/**
 * Returns whether a process should join the trace whose context is in its environment, although its code does not extract that
 * context (implicit extraction). It returns true if the environment carries a context, and if implicit extraction is turned
 * on. The variable `TELEMETRY_IMPLICIT_EXTRACTION` turns it on or off. If the variable is unset, implicit extraction is on in a
 * Job, and off elsewhere.
 */
export function shouldExtractImplicitly(
  env: ProcessEnvironment = process.env,
  isJob = isKubernetesJob(env),
): boolean {
  if (!(isSwitchedOn(env) ?? isJob)) return false;
  const isCarried = () => allFields().some((field) => processEnvCarrier.get(env, field));
  return attempt('look for a context in the environment', isCarried) ?? false;
}

function isSwitchedOn(env: ProcessEnvironment): boolean | undefined {
  const value = (env[IMPLICIT_EXTRACTION_VARIABLE]?.trim() || oldValue(env)?.trim())?.toLowerCase();
  if (!value) return undefined;
  if (OFF.has(value)) return false;
  if (ON.has(value)) return true;
  warn(`${IMPLICIT_EXTRACTION_VARIABLE} is ${JSON.stringify(value)}: expected on or off; ignoring it`);
  return undefined;
}

function oldValue(env: ProcessEnvironment): string | undefined {
  const value = env[OLD_IMPLICIT_EXTRACTION_VARIABLE];
  if (value !== undefined) {
    warn(`${OLD_IMPLICIT_EXTRACTION_VARIABLE} has a new name: set ${IMPLICIT_EXTRACTION_VARIABLE} instead`);
  }
  return value;
}
