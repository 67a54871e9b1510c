import { validateHeaderValue } from 'node:http';
import { HINT, spansOf, type Answer } from './answer.ts';
import { proxyHint } from './proxy-hint.ts';
import type { Span } from '../tree/span.ts';

const requestTimeoutMs = 5_000;

// Requests the trace as it was stored, because a default read makes Jaeger change it. The second name is for versions before 2.20.
const RAW = 'rawTraces=true&raw_traces=true';

/**
 * Reads one trace from a Jaeger v2 query API (`GET /api/v3/traces/{traceId}`), as it was stored. `baseUrl` is an address such as
 * `http://127.0.0.1:16686`, with a path if the API has one, and with `user:password@` if it requires Basic authentication. `headers` are
 * sent, too, such as `{ authorization: 'Bearer …' }`. For an unknown trace, the result is `[]`. Any other failure throws, with a
 * `NoQueryApiError` if trying again doesn't help.
 */
export async function fetchTrace(
  baseUrl: string,
  traceId: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Span[]> {
  const address = addressOf(baseUrl);
  const url = `${address.base}/api/v3/traces/${encodeURIComponent(traceId)}`;
  // The error of fetch would show the value.
  for (const [name, value] of Object.entries(headers)) validateHeaderValue(name, value);
  return spansOf(url, await ask(url, { ...address.headers, ...headers }));
}

/** Reads several traces like {@link fetchTrace}, and returns their spans as one list. */
export async function fetchTraces(
  baseUrl: string,
  traceIds: readonly string[],
  headers: Readonly<Record<string, string>> = {},
): Promise<Span[]> {
  const traces = await Promise.all(traceIds.map((traceId) => fetchTrace(baseUrl, traceId, headers)));
  return traces.flat();
}

/** Moves the credentials of an address into a header. `fetch` accepts none in an address, and so no error message shows them. */
export function addressOf(baseUrl: string): { base: string; headers: Record<string, string> } {
  if (!URL.canParse(baseUrl))
    throw new TypeError(`The address of the Jaeger query API is not a URL: ${HINT}`);
  const { origin, pathname, username, password } = new URL(baseUrl);
  const credentials = Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64');
  return {
    base: origin + pathname.replace(/\/+$/, ''),
    headers: username || password ? { authorization: `Basic ${credentials}` } : {},
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

async function ask(url: string, headers: Record<string, string>): Promise<Answer> {
  try {
    const signal = AbortSignal.timeout(requestTimeoutMs);
    const response = await fetch(`${url}?${RAW}`, { headers, signal });
    const { status, redirected } = response;
    const redirectedTo = redirected ? new URL(response.url).origin : undefined;
    return { status, body: await response.text(), redirectedTo };
  } catch (cause) {
    const reason = `no answer (${innermost(cause)}). Expected a Jaeger query API; ${HINT}${proxyHint(url)}`;
    throw new Error(`Failed to read ${url}: ${reason}`, { cause });
  }
}

/** Returns the message of the innermost cause, which says why a fetch failed: `connect ECONNREFUSED 127.0.0.1:16686`. */
function innermost(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // If a host has several addresses, each has an error of its own, and the outer error has no message.
  const { cause, errors } = error as { cause?: unknown; errors?: unknown[] };
  const inner = errors?.[0] ?? cause;
  return inner === undefined ? error.message : innermost(inner);
}
