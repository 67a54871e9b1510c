import { setTimeout as delay } from 'node:timers/promises';
import { parseJson } from './json.ts';
import { parseOtlp } from './otlp.ts';
import { renderWaterfall } from '../draw/waterfall.ts';
import type { Span } from '../tree/span.ts';

const requestTimeoutMs = 5_000;

/**
 * Reads one trace from a Jaeger v2 query API (`GET /api/v3/traces/{traceId}`).
 * `baseUrl` is such as `http://127.0.0.1:16686`, with a path where the API has one. An unknown trace is `[]`; any other
 * failure throws.
 */
export async function fetchTrace(baseUrl: string, traceId: string): Promise<Span[]> {
  const url = `${baseUrl.replace(/\/+$/, '')}/api/v3/traces/${encodeURIComponent(traceId)}`;
  const response = await get(url);
  const body = await readBody(url, response);
  if (response.status === 404) return [];
  if (!response.ok)
    throw new Error(`Failed to read ${url}: got ${response.status} ${start(body)}. Expected 200.`);
  try {
    return parseOtlp(parseJson(body));
  } catch (cause) {
    throw new Error(
      `Failed to read ${url}: got ${JSON.stringify(start(body))}. Expected the JSON of Jaeger's query API; ${HINT}`,
      { cause },
    );
  }
}

const HINT = 'its address is that of the UI, such as http://127.0.0.1:16686.';

async function get(url: string): Promise<Response> {
  try {
    return await fetch(url, { signal: AbortSignal.timeout(requestTimeoutMs) });
  } catch (cause) {
    throw noAnswer(url, cause);
  }
}

async function readBody(url: string, response: Response): Promise<string> {
  try {
    return await response.text();
  } catch (cause) {
    throw noAnswer(url, cause);
  }
}

function noAnswer(url: string, cause: unknown): Error {
  const reason = `no answer (${innermost(cause)}). Expected a Jaeger query API; ${HINT}`;
  return new Error(`Failed to read ${url}: ${reason}`, { cause });
}

/** Of a failed fetch the cause says what happened: `connect ECONNREFUSED 127.0.0.1:16686`. */
function innermost(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Of several addresses, each has an error of its own and the whole has none.
  const { cause, errors } = error as { cause?: unknown; errors?: unknown[] };
  const inner = errors?.[0] ?? cause;
  return inner === undefined ? error.message : innermost(inner);
}

const start = (body: string): string => body.slice(0, 200).trim();

export interface WaitOptions {
  /** Give up after this time. Default 5,000. */
  deadlineMs?: number;
  /** Time between two reads. Default 50. */
  pollMs?: number;
}

/** Holds unless it returns `false` or throws, so that a function made of assertions is one. */
export type TraceCondition = (spans: Span[]) => unknown;

/**
 * Reads a trace, or several together, until the condition holds and two reads in a row gave the same spans, and returns
 * them. At the deadline it throws an `Error` with the last reason and a drawing of what was there.
 */
export async function waitForTrace(
  baseUrl: string,
  traceId: string | readonly string[],
  condition: TraceCondition = (spans) => spans.length > 0,
  { deadlineMs = 5_000, pollMs = 50 }: WaitOptions = {},
): Promise<Span[]> {
  const deadline = performance.now() + deadlineMs;
  const traceIds = [traceId].flat();
  let last: Attempt = { spans: [], holds: false };
  while (true) {
    const next = await attempt(baseUrl, traceIds, condition);
    if (next.holds && last.holds && fingerprint(next.spans) === fingerprint(last.spans)) return next.spans;
    last = next;
    if (performance.now() + pollMs > deadline) throw tooLate(traceIds, deadlineMs, last);
    await delay(pollMs);
  }
}

interface Attempt {
  spans: Span[];
  holds: boolean;
  reason?: unknown;
}

/** The spans of several traces, as one list. */
export async function fetchTraces(baseUrl: string, traceIds: readonly string[]): Promise<Span[]> {
  const traces = await Promise.all(traceIds.map((traceId) => fetchTrace(baseUrl, traceId)));
  return traces.flat();
}

async function attempt(
  baseUrl: string,
  traceIds: readonly string[],
  condition: TraceCondition,
): Promise<Attempt> {
  let spans: Span[] = [];
  try {
    spans = await fetchTraces(baseUrl, traceIds);
    return { spans, holds: (await condition(spans)) !== false };
  } catch (reason) {
    return { spans, holds: false, reason };
  }
}

function fingerprint(spans: readonly Span[]): string {
  return spans
    .map((span) => span.spanId)
    .toSorted()
    .join();
}

function tooLate(traceIds: readonly string[], deadlineMs: number, { spans, holds, reason }: Attempt): Error {
  const why = holds ? 'it was still growing' : messageOf(reason ?? 'the condition did not hold');
  const seen = spans.length > 0 ? renderWaterfall(spans) : 'No span of it was there.';
  return new Error(
    `Trace ${traceIds.join(' with ')} was not as expected within ${deadlineMs} ms: ${why}\n\n${seen}`,
    {
      cause: reason,
    },
  );
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
