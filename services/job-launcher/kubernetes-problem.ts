import { ApiException } from '@kubernetes/client-node';
import { HttpProblem } from '@beyond-headers/service-kit';
import { isPassing, retryAfterMs, statusBody } from './kubernetes-error.ts';

/**
 * Throws an error of the Kubernetes API as an HTTP problem. It is a 503 with the API's `Retry-After` if a retry can help (the API
 * is unreachable, busy, or failing). Otherwise, it is a 502 with the API's reason (no permission, invalid Job).
 */
export function failAsProblem(error: unknown): never {
  const status = isPassing(error) ? 503 : 502;
  const detail =
    error instanceof ApiException
      ? `The Kubernetes API answered ${error.code}: ${statusBody(error).message ?? 'no reason given'}`
      : `The Kubernetes API did not answer (${(error as Error).message}); try again.`;
  throw new HttpProblem(status, detail, { cause: error, retryAfterMs: retryAfterMs(error) });
}
