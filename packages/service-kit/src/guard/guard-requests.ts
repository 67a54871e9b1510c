import type { IncomingMessage } from 'node:http';
import { refuseForeignHost } from './hosts.ts';
import { refuseForeignPage } from './pages.ts';
import type { Refusal } from './refusal.ts';

/**
 * Returns Express middleware that protects a server without authentication from pages of other sites. It refuses requests for a
 * foreign host, and changes that a page of another site sends. `toError` turns a refusal into an error for the server's error
 * handler.
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
