import { ApiException } from '@kubernetes/client-node';
import { retryAfterMs as parseRetryAfter } from '@beyond-headers/service-kit';
import { parseJson } from '@beyond-headers/service-kit/json';

/** The Kubernetes API didn't respond: the connection failed, the request timed out, or something else responded. */
export class KubernetesUnreachable extends Error {
  override name = 'KubernetesUnreachable';
}

/** Awaits a call of the Kubernetes API. An error that isn't a response becomes a {@link KubernetesUnreachable}. */
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
 * Reports whether a retry can help: after no response, too many requests, a server error, or a conflict. It can also help after 401,
 * because tokens are renewed, and after an exceeded quota, because other objects free some of it.
 */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof ApiException)) return true;
  const { code } = error;
  if (code === 409) return !isAlreadyExists(error);
  return code === 401 || code === 429 || code >= 500 || isQuotaUsedUp(error);
}

/** Only the message shows it: https://kubernetes.io/docs/concepts/policy/resource-quotas/#how-kubernetes-resourcequotas-work */
const isQuotaUsedUp = (error: ApiException<unknown>): boolean =>
  error.code === 403 && String(statusBody(error).message).includes('exceeded quota');

/** A 409 can also mean a conflicting update, such as of a quota. Only `AlreadyExists` means that the object exists. */
export function isAlreadyExists(error: unknown): boolean {
  return isStatus(error, 409) && statusBody(error).reason === 'AlreadyExists';
}

/** Returns the value of the response's `Retry-After` in milliseconds, or 0 without one. */
export function retryAfterMs(error: unknown): number {
  if (!(error instanceof ApiException)) return 0;
  return parseRetryAfter((error.headers as Record<string, string> | undefined)?.['retry-after']);
}

/** Returns the Status in a response body. https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/ */
export function statusBody(error: ApiException<unknown>): { reason?: string; message?: string } {
  const { body } = error;
  return ((typeof body === 'string' ? parseJson(body) : body) as object | undefined) ?? {};
}

/** Joins the messages of an error and its causes, because a failed fetch has its reason only in the innermost cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause ? `${error.message}: ${reasonOf(error.cause)}` : error.message;
}
