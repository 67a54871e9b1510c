import type { ConfigurationOptions, RequestContext, ResponseContext } from '@kubernetes/client-node';
import { Observable } from '@kubernetes/client-node';

/** For one request to the Kubernetes API; its own objective is 1 s for 99 of 100 (docs/reference of SIG Scalability). */
const REQUEST_TIMEOUT_MS = 1_500;

/** Options for a call of the Kubernetes client, which by itself waits for ever: it ends in time, or with `signal`. */
export function timeLimited(signal?: AbortSignal, timeoutMs = REQUEST_TIMEOUT_MS): ConfigurationOptions {
  return {
    middleware: [
      {
        pre: (request: RequestContext) => {
          const timeout = AbortSignal.timeout(timeoutMs);
          request.setSignal(signal ? AbortSignal.any([signal, timeout]) : timeout);
          return new Observable(Promise.resolve(request));
        },
        post: (response: ResponseContext) => new Observable(Promise.resolve(response)),
      },
    ],
    middlewareMergeStrategy: 'append',
  };
}
