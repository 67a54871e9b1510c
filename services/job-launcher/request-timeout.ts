import type { ConfigurationOptions, RequestContext, ResponseContext } from '@kubernetes/client-node';
import { Observable } from '@kubernetes/client-node';

/** For one request to the Kubernetes API, whose service level objective is 1 s for 99% of requests (SIG Scalability). */
const REQUEST_TIMEOUT_MS = 1_500;

/** Returns options that end a call of the Kubernetes client at the timeout or with `signal`. Without them, it waits forever. */
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
