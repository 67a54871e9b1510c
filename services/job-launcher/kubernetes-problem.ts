import { ApiException } from '@kubernetes/client-node';
import { HttpProblem } from '@beyond-headers/service-kit';
import { isPassing, retryAfterMs, statusBody } from './kubernetes-error.ts';

/**
 * What the Kubernetes API refused, as an answer of ours. It is 503 where it can help to try again (the API is away, busy
 * or failing), as late as the API asks for. It is 502 with the API's reason where that can't help (no right, invalid Job).
 */
export function kubernetesProblem(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  const status = isPassing(error) ? 503 : 502;
  return new HttpProblem(status, describe(error), { cause: error, retryAfterMs: retryAfterMs(error) });
}

function describe(error: unknown): string {
  if (error instanceof ApiException) {
    return `The Kubernetes API answered ${error.code}: ${statusBody(error).message ?? 'no reason given'}`;
  }
  const reason = error instanceof Error ? error.message : String(error);
  return `The Kubernetes API did not answer (${reason}); try again.`;
}
