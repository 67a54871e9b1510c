import { isIP } from 'node:net';
import type { RequestHandler } from 'express';
import { ApiError } from './api-error.ts';

/**
 * Refuses what a web page sends. There is no password here and a Job is a command on this machine, so any page that its user opens
 * could run one: a request to 127.0.0.1 needs no permission of the browser's. Programs send none of these headers.
 */
export const notForPages: RequestHandler = (req, _res, next) => {
  const host = hostnameOf(req.get('host') ?? '');
  // A page's own domain may be made to lead here (DNS rebinding); an address and a name without a dot can't.
  if (isIP(host) === 0 && host.includes('.'))
    throw refusal(`got host ${JSON.stringify(host)}. Expected localhost or an address`);
  const site = req.get('sec-fetch-site') ?? 'none';
  if (site !== 'none' || req.get('origin') !== undefined)
    throw refusal('a web page sent it. Expected kubectl or another program');
  next();
};

/** `[::1]:8084` is `::1`. */
function hostnameOf(host: string): string {
  const [, inBrackets, plain] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d+)?$/.exec(host) ?? [];
  return inBrackets ?? plain ?? host;
}

function refusal(why: string): ApiError {
  return new ApiError(403, 'Forbidden', `the request is forbidden: ${why}`);
}
