import type { IncomingMessage } from 'node:http';
import type { Refusal } from './refusal.ts';

const READS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Refuses what a page of another site sends to change something: a browser lets it reach 127.0.0.1, and asks no one when there is no body.
 * What the browser says of itself decides, as in https://pkg.go.dev/net/http#CrossOriginProtection; programs say nothing.
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
