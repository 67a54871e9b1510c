import type { IncomingMessage } from 'node:http';
import { isIP, isIPv6 } from 'node:net';
import type { Refusal } from './refusal.ts';

/** Matches RFC 3986 `host [":" port]` in the form that browsers send: without user or percent-encoding. */
const AUTHORITY = /^(?:\[(?<ipv6>[^\]]*)\]|(?<name>[\w.-]+))(?::\d*)?$/;

/**
 * Matches names that can't be registered. They lead to this machine, even from a container (`host.docker.internal`), or to a
 * Service in the cluster.
 */
const RESERVED = /\.(?:localhost|internal|svc|svc\.cluster\.local)$/;

const EXPECTED =
  'Expected an IP address, localhost, a name without a dot, a name that ends in .localhost, .internal, .svc or .svc.cluster.local, ' +
  'or a name that ALLOWED_HOSTS lists.';

/**
 * Refuses a request for a foreign host. An attacker can point a domain at 127.0.0.1 (DNS rebinding). To the browser, the pages of
 * that domain and this server then have the same origin. Only the requested host reveals the attack. `X-Forwarded-Host` is
 * ignored.
 * A request without a host is accepted. Health checkers and HTTP/1.0 clients may send such requests, but browsers never do.
 */
export function refuseForeignHost(
  request: IncomingMessage,
  allowedHosts: readonly string[],
): Refusal | undefined {
  const { host: headers = [] } = request.headersDistinct;
  // https://www.rfc-editor.org/rfc/rfc9112#section-3.2
  if (headers.length > 1)
    return { status: 400, detail: 'The request has several Host headers. Expected one.' };
  for (const authority of [...headers, ...authorityOfTarget(request.url)]) {
    const host = hostOf(authority);
    if (host === undefined)
      return { status: 400, detail: `The host ${quote(authority)} can't be read. ${EXPECTED}` };
    if (!isOwn(host, allowedHosts))
      return { status: 403, detail: `The host ${quote(authority)} is not one of this server's. ${EXPECTED}` };
  }
  return undefined;
}

/** Returns the authority of an absolute target, as in `GET http://host/path`, which takes precedence over the header. */
function authorityOfTarget(target = ''): string[] {
  const [, authority] = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)/i.exec(target) ?? [];
  return authority === undefined ? [] : [authority];
}

/** Returns the host of an authority in lower case, without a port or a trailing dot. Returns undefined if the authority is invalid. */
export function hostOf(authority: string): string | undefined {
  if (authority === '') return '';
  const { ipv6, name } = AUTHORITY.exec(authority)?.groups ?? {};
  if (ipv6 !== undefined) return isIPv6(ipv6) ? ipv6.toLowerCase() : undefined;
  return name?.toLowerCase().replace(/\.$/, '');
}

function isOwn(host: string, allowedHosts: readonly string[]): boolean {
  return !host.includes('.') || isIP(host) !== 0 || RESERVED.test(host) || allowedHosts.includes(host);
}

const quote = (authority: string) => JSON.stringify(authority.slice(0, 100));
