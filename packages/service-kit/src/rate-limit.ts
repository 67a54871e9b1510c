import type { RequestHandler } from 'express';
import { rateLimit as limiter } from 'express-rate-limit';
import { HttpProblem } from './http-problem.ts';

export interface RateLimit {
  /** Requests of one client within the window. */
  limit: number;
  windowMs: number;
}

/**
 * Answers 429 with `Retry-After` to a client that asks too often. A client is an IPv4 address or an IPv6 /56; each process counts
 * for itself, in memory.
 */
export function rateLimit({ limit, windowMs }: RateLimit): RequestHandler {
  return limiter({
    limit,
    windowMs,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // Its advice goes to the console, and callers choose when: any of them may send X-Forwarded-For.
    validate: false,
    handler: (_request, _response, next) => next(new HttpProblem(429, explain(limit, windowMs))),
  });
}

const explain = (limit: number, windowMs: number) =>
  `Too many requests from this address. Expected at most ${limit} within ${windowMs} ms: try again after the seconds in Retry-After.`;
