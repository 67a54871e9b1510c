import { ApiException } from '@kubernetes/client-node';
import { HttpProblem } from '@beyond-headers/service-kit';

/**
 * What the Kubernetes API refused, as an answer of ours: 503 where trying again can help (the API is away, busy or
 * failing), 502 with its reason where it can't (no right, invalid Job).
 */
export function kubernetesProblem(error: unknown): HttpProblem {
  if (!(error instanceof ApiException)) {
    return new HttpProblem(503, 'The Kubernetes API could not be reached; try again.', { cause: error });
  }
  const detail = `The Kubernetes API answered ${error.code}: ${reason(error.body)}`;
  const isPassing = error.code === 429 || error.code >= 500;
  return new HttpProblem(isPassing ? 503 : 502, detail, { cause: error });
}

function reason(body: unknown): string {
  const status = typeof body === 'string' ? parse(body) : body;
  return (status as { message?: string } | undefined)?.message ?? 'no reason given';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
