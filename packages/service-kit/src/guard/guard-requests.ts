import type { IncomingMessage } from 'node:http';
import { refuseForeignHost } from './hosts.ts';
import { refuseForeignPage } from './pages.ts';
import type { Refusal } from './refusal.ts';

/**
 * Express middleware that keeps strangers' pages away from a server that has no log-in. It refuses requests for a host that is not
 * ours, and changes that a page of another site sends. `toError` turns a refusal into what the server's error handler answers.
 */
export function guardRequests(allowedHosts: readonly string[], toError: (refusal: Refusal) => Error) {
  return function guardRequests(
    request: IncomingMessage,
    _response: unknown,
    next: (error?: unknown) => void,
  ): void {
    const refusal = refuseForeignHost(request, allowedHosts) ?? refuseForeignPage(request);
    next(refusal && toError(refusal));
  };
}
