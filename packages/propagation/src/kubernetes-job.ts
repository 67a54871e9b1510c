import { propagation } from '@opentelemetry/api';
import { processEnvCarrier, type ProcessEnvironment } from './carriers/process-env.ts';

/** The variable that a Job's container gets by the Downward API, and by which a process knows that it runs in one. */
export const JOB_NAME_VARIABLE = 'K8S_JOB_NAME';

/** The variable that switches implicit extraction off: `off`, `false`, `0` or `no`. */
export const IMPLICIT_EXTRACTION_VARIABLE = 'OTEL_IMPLICIT_EXTRACTION';

const OFF = new Set(['off', 'false', '0', 'no']);

// Kubernetes itself sets it in the pods of an Indexed Job.
// https://kubernetes.io/docs/concepts/workloads/controllers/job/#completion-mode
const COMPLETION_INDEX_VARIABLE = 'JOB_COMPLETION_INDEX';

/** Says whether this process runs in a Kubernetes Job: it was given the Job's name, or a completion index. */
export function isKubernetesJob(env: ProcessEnvironment = process.env): boolean {
  return Boolean(env[JOB_NAME_VARIABLE] || env[COMPLETION_INDEX_VARIABLE]);
}

/** Says whether context is to be taken from the environment by itself: in a Job, something is carried, and not switched off. */
export function shouldExtractImplicitly(env: ProcessEnvironment = process.env): boolean {
  if (OFF.has(env[IMPLICIT_EXTRACTION_VARIABLE]?.trim().toLowerCase() ?? '')) return false;
  return isKubernetesJob(env) && propagation.fields().some((field) => processEnvCarrier.get(env, field));
}
