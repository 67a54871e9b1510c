import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { printable } from '../../draw/text.ts';
import { proxyHint } from '../../read/proxy-hint.ts';

/** How to access a server. */
export interface Access {
  /** Sent with each request. */
  headers: Record<string, string>;
  /** Certificates to trust instead of those that Node.js trusts by default, in PEM. */
  ca?: string;
  /** How long the server may be silent, in milliseconds. */
  timeoutMs?: number;
}

const TIMEOUT_MS = 60_000;
const MAX_SHOWN = 200;

/** A response that has another status code than 200, or that was cut off. The next request may succeed. */
export class AnswerError extends Error {
  readonly status: number;
  readonly body: string;
  /** The message without the address. */
  readonly reason: string;

  constructor(url: string, status: number, body: string, reason: string) {
    super(`Failed to read ${url}: ${reason}`);
    this.status = status;
    this.body = body;
    this.reason = reason;
  }
}

function reasonOf(
  { statusCode, headers }: IncomingMessage,
  url: string,
  body: string,
  expected: string,
): string {
  const said = JSON.stringify(printable(body.trim()).slice(0, MAX_SHOWN));
  return `got ${statusCode}${redirectOf(headers.location, url)} with ${said}. ${hintAt(statusCode, expected)}`;
}

function hintAt(status = 0, expected: string): string {
  if (status === 401 || status === 403)
    return 'Expected access: set TRACES_TOKEN, or use --header "Authorization: …".';
  // The server may be the right one, but unavailable.
  return status >= 500 || status === 429 ? OK : expected;
}

/** Returns where a redirect leads, without its query, which may contain a token. */
function redirectOf(location: string | undefined, url: string): string {
  if (location === undefined || !URL.canParse(location, url)) return '';
  const { origin, pathname } = new URL(location, url);
  return `, a redirect to ${origin}${pathname},`;
}

const OK = 'Expected 200.';

/**
 * Requests a URL, and returns the body as a stream. Throws an {@link AnswerError} for any status code but 200, and another error if the
 * server is silent for too long. `expected` says in the error what was expected there.
 */
export async function get(url: string, access: Access, expected = OK): Promise<AsyncIterable<Buffer>> {
  const response = await answerOf(url, access);
  const body = toItsEnd(url, response);
  if (response.statusCode === 200) return body;
  const said = (await text(body)).slice(0, 10_000);
  throw new AnswerError(url, response.statusCode ?? 0, said, reasonOf(response, url, said, expected));
}

async function* toItsEnd(url: string, response: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    yield* response as AsyncIterable<Buffer>;
  } catch (cause) {
    if (cause instanceof Silence) throw noAnswer(url, cause);
    const why = cause instanceof Error ? cause.message : String(cause);
    const reason = `the answer ended too early (${why}). Expected all of it.`;
    throw new AnswerError(url, response.statusCode ?? 0, '', reason);
  }
}

/** A timeout. If each request took as long, further requests would take hours. */
class Silence extends Error {}

function noAnswer(url: string, cause: Error & { code?: string }): Error {
  const reason = cause.message || (cause.code ?? 'no answer');
  const expected = `Expected a server that answers there.${proxyHint(url)}`;
  return new Error(`Failed to read ${url}: ${reason}. ${expected}`, { cause });
}

/** Requests a URL, and returns the list that `listOf` finds in the JSON of the response. Throws an error if there is none. */
export async function getList(
  url: string,
  access: Access,
  expected: string,
  listOf: (body: object) => string[] | undefined,
): Promise<string[]> {
  const body = await text(await get(url, access, expected));
  try {
    const list = listOf(JSON.parse(body) as object);
    if (Array.isArray(list)) return list;
  } catch {
    // The error below shows the response.
  }
  throw new Error(`Failed to read ${url}: got ${JSON.stringify(body.slice(0, 80))}. ${expected}`);
}

function answerOf(url: string, { headers, ca, timeoutMs = TIMEOUT_MS }: Access): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? requestHttps : requestHttp;
    const request = send(url, {
      headers: { accept: 'application/json', ...headers },
      timeout: timeoutMs,
      ...(ca !== undefined && { ca }),
    });
    let silent: ClientRequest | IncomingMessage = request;
    request.on('response', (response: IncomingMessage) => {
      silent = response;
      resolve(response);
    });
    request.on('timeout', () => silent.destroy(new Silence(`no answer within ${timeoutMs / 1_000} s`)));
    request.on('error', (cause) => reject(noAnswer(url, cause)));
    request.end();
  });
}
