import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, MemoryStore, rateLimit as limiter } from 'express-rate-limit';
import { HttpProblem } from './http-problem.ts';

export interface RateLimit {
  /** Requests of one client within the window. */
  limit: number;
  windowMs: number;
}

/** Counts a request once more and says how many the client has sent, and until when they count. */
type CountMore = () => Promise<{ totalHits: number; resetTime: Date | undefined }>;

const limited = new WeakMap<Request, { countMore: CountMore; settings: RateLimit }>();

/**
 * Answers 429 with `Retry-After` to a client that asks too often. A client is an IPv4 address or an IPv6 /56; each process counts
 * for itself, in memory.
 */
export function rateLimit(settings: RateLimit): RequestHandler {
  const store = new MemoryStore();
  const countOne = limiter({
    ...settings,
    store,
    keyGenerator: clientOf,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // Its advice goes to the console, and callers choose when: any of them may send X-Forwarded-For.
    validate: false,
    handler: (_request, _response, next) => next(tooMany(settings)),
  });
  return (request, response, next) => {
    const countMore: CountMore = async () => {
      const { totalHits, resetTime } = await store.increment(clientOf(request));
      return { totalHits, resetTime };
    };
    limited.set(request, { countMore, settings });
    return countOne(request, response, next);
  };
}

/**
 * Counts a request as so many, since it does the work of so many. Throws a 429 beyond the limit, and a 413 when no client may ever
 * send so many; without a limit it does nothing.
 */
export async function countRequests(request: Request, response: Response, count: number): Promise<void> {
  const limit = limited.get(request);
  if (!limit || count <= 1) return;
  const { settings, countMore } = limit;
  if (count > settings.limit) throw tooLarge(count, settings);
  // All at once: of two requests at the same time, the first has all its counts before the second has any.
  const counts = await Promise.all(Array.from({ length: count - 1 }, countMore));
  // It says how many were left after one.
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

/** Some proxies add the port, which is another one for each connection: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
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
