import type { IncomingMessage } from 'node:http';
import type { Refusal } from './refusal.ts';

const READS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Refuses a change that a page of another site sends. A browser lets such a page reach 127.0.0.1, without a preflight if there is
 * no body. The browser's own headers decide, as in https://pkg.go.dev/net/http#CrossOriginProtection. Programs don't send them.
 */
export function refuseForeignPage({ method = '', headers }: IncomingMessage): Refusal | undefined {
  if (READS.includes(method) || !isFromElsewhere(headers)) return undefined;
  const detail = "A page of another site sent this request. Expected this server's own pages or a program.";
  return { status: 403, detail };
}

function isFromElsewhere({ 'sec-fetch-site': site, origin, host }: IncomingMessage['headers']): boolean {
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  // Browsers send no Sec-Fetch-Site over plain HTTP to another machine.
  return origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host?.toLowerCase());
}
