import { ApiException } from '@kubernetes/client-node';
import { retryAfterMs as parseRetryAfter } from '@beyond-headers/service-kit';
import { parseJson } from '@beyond-headers/service-kit/json';

/** No answer of the Kubernetes API: refused, cut off or not within the time for one request. */
export class KubernetesUnreachable extends Error {
  override name = 'KubernetesUnreachable';
}

/** The Kubernetes API has the object, but it is on its way out: asking again in a moment makes a new one. */
export class BeingDeleted extends Error {
  override name = 'BeingDeleted';
}

/** Runs one call of the Kubernetes API; what is not an answer of it becomes {@link KubernetesUnreachable}. */
export async function asked<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ApiException) throw error;
    throw new KubernetesUnreachable(reasonOf(error), { cause: error });
  }
}

export const isStatus = (error: unknown, code: number): error is ApiException<unknown> =>
  error instanceof ApiException && error.code === code;

/**
 * True when asking again can help: no answer, too many requests, a failing server, an object in between two states. A token is
 * renewed, and of a full quota some is given back.
 */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof ApiException)) return true;
  const { code } = error;
  if (code === 409) return !isAlreadyExists(error);
  return code === 401 || code === 429 || code >= 500 || isQuotaUsedUp(error);
}

/** No other field says it: https://kubernetes.io/docs/concepts/policy/resource-quotas/#how-kubernetes-resourcequotas-work */
const isQuotaUsedUp = (error: ApiException<unknown>): boolean =>
  error.code === 403 && String(statusBody(error).message).includes('exceeded quota');

/** 409 also means "changed meanwhile", e.g. of a quota; only `AlreadyExists` says that the object is there. */
export function isAlreadyExists(error: unknown): boolean {
  return isStatus(error, 409) && statusBody(error).reason === 'AlreadyExists';
}

/** What the API server asks for with `Retry-After`, in milliseconds; 0 when it does not. */
export function retryAfterMs(error: unknown): number {
  if (!(error instanceof ApiException)) return 0;
  return parseRetryAfter((error.headers as Record<string, string> | undefined)?.['retry-after']);
}

/** What the API server gives as its reason. https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/ */
export function statusBody(error: ApiException<unknown>): { reason?: string; message?: string } {
  const { body } = error;
  return ((typeof body === 'string' ? parseJson(body) : body) as object | undefined) ?? {};
}

/** An error and its innermost cause, which for a failed fetch is the one that says something. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause ? `${error.message}: ${reasonOf(error.cause)}` : error.message;
}
