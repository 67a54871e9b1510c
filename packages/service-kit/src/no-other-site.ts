import type { RequestHandler } from 'express';
import { HttpProblem } from './http-problem.ts';

const READS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Refuses what a page of another site sends to change something: a browser lets it reach 127.0.0.1, and asks nobody when there is no body.
 * What the browser says of itself decides, as in https://pkg.go.dev/net/http#CrossOriginProtection; programs say nothing.
 */
export const noOtherSite: RequestHandler = (request, _response, next) => {
  if (!READS.includes(request.method) && comesFromElsewhere(request.headers))
    throw new HttpProblem(
      403,
      "A page of another site sent this request. Expected this service's own pages or a program.",
    );
  next();
};

function comesFromElsewhere(headers: Record<string, unknown>): boolean {
  const { 'sec-fetch-site': site, origin, host } = headers;
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  // Browsers that do not send it yet.
  return typeof origin === 'string' && hostOf(origin) !== host;
}

const hostOf = (origin: string): string => (URL.canParse(origin) ? new URL(origin).host : origin);
