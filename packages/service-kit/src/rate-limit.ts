import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, MemoryStore, rateLimit as limiter } from 'express-rate-limit';
import { HttpProblem } from './http-problem.ts';

export interface RateLimit {
  /** The maximum number of requests of one client within the window. */
  limit: number;
  windowMs: number;
}

const limited = new WeakMap<Request, { store: MemoryStore; settings: RateLimit }>();

/**
 * Responds with 429 and `Retry-After` to a client that sends too many requests. A client is an IPv4 address or an IPv6 /56. Each
 * process counts separately, in memory.
 */
export function rateLimit(settings: RateLimit): RequestHandler {
  const store = new MemoryStore();
  const countOne = limiter({
    ...settings,
    store,
    keyGenerator: clientOf,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // The library writes its advice to the console, and any caller could trigger that by sending X-Forwarded-For.
    validate: false,
    handler: (_request, _response, next) => next(tooMany(settings)),
  });
  return (request, response, next) => {
    limited.set(request, { store, settings });
    return countOne(request, response, next);
  };
}

/**
 * Counts a request `count` times, because it does the work of so many requests. Throws a 429 beyond the limit, and a 413 if
 * `count` alone exceeds it. Does nothing without a limit.
 */
export async function countRequests(request: Request, response: Response, count: number): Promise<void> {
  const limit = limited.get(request);
  if (!limit || count <= 1) return;
  const { store, settings } = limit;
  if (count > settings.limit) throw tooLarge(count, settings);
  // All at the same time, so that the counts of two concurrent requests don't mix.
  const more = Array.from({ length: count - 1 }, () => store.increment(clientOf(request)));
  const counts = await Promise.all(more);
  // The header shows what was left after one count.
  response.removeHeader('ratelimit');
  const { totalHits = 0, resetTime } = counts.at(-1) ?? {};
  if (totalHits <= settings.limit) return;
  const waitMs = Number(resetTime ?? Date.now() + settings.windowMs) - Date.now();
  response.set('retry-after', String(Math.max(1, Math.ceil(waitMs / 1_000))));
  throw tooMany(settings);
}

const tooLarge = (count: number, { limit, windowMs }: RateLimit): HttpProblem =>
  new HttpProblem(
    413,
    `Too many in one request: got ${count}, expected at most ${limit} within ${windowMs} ms.`,
  );

const clientOf = ({ ip = '' }: Request): string => ipKeyGenerator(withoutPort(ip));

/** Removes the port that some proxies add, because it differs for each connection: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function withoutPort(address: string): string {
  const { ipv4, ipv6 } = WITH_PORT.exec(address)?.groups ?? {};
  return ipv4 ?? ipv6 ?? address;
}

const WITH_PORT = /^(?:(?<ipv4>[\d.]+):\d+|\[(?<ipv6>[\da-f:.]+)\](?::\d+)?)$/i;

const tooMany = ({ limit, windowMs }: RateLimit): HttpProblem =>
  new HttpProblem(
    429,
    `Too many requests from this address. Expected at most ${limit} within ${windowMs} ms: try again after the seconds in Retry-After.`,
  );
