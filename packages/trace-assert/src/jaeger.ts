import { setTimeout as delay } from 'node:timers/promises';
import { parseJson } from './json.ts';
import { parseOtlp } from './otlp.ts';
import { renderWaterfall } from './waterfall/render.ts';
import type { Span } from './span.ts';

const requestTimeoutMs = 5_000;

/**
 * Reads one trace from a Jaeger v2 query API (`GET /api/v3/traces/{traceId}`).
 * `baseUrl` is such as `http://127.0.0.1:16686`. An unknown trace is `[]`; any other failure throws.
 */
export async function fetchTrace(baseUrl: string, traceId: string): Promise<Span[]> {
  const url = new URL(`/api/v3/traces/${encodeURIComponent(traceId)}`, baseUrl).href;
  const response = await get(url);
  const body = await response.text();
  if (response.status === 404) return [];
  if (!response.ok) {
    throw new Error(
      `Failed to read ${url}: got ${response.status} ${body.slice(0, 200).trim()}. Expected 200.`,
    );
  }
  return parseOtlp(parseJson(body));
}

async function get(url: string): Promise<Response> {
  try {
    return await fetch(url, { signal: AbortSignal.timeout(requestTimeoutMs) });
  } catch (cause) {
    throw new Error(`Failed to read ${url}: no answer. Is a Jaeger query API there?`, { cause });
  }
}

export interface WaitOptions {
  /** Give up after this time. Default 5,000. */
  deadlineMs?: number;
  /** Time between two reads. Default 50. */
  pollMs?: number;
}

/** Holds unless it returns `false` or throws, so that a function made of assertions is one. */
export type TraceCondition = (spans: Span[]) => unknown;

/**
 * Reads a trace until the condition holds and two reads in a row gave the same spans, and returns them.
 * At the deadline it throws an `Error` with the last reason and a drawing of what was there.
 */
export async function waitForTrace(
  baseUrl: string,
  traceId: string,
  condition: TraceCondition = (spans) => spans.length > 0,
  { deadlineMs = 5_000, pollMs = 50 }: WaitOptions = {},
): Promise<Span[]> {
  const deadline = performance.now() + deadlineMs;
  let last: Attempt = { spans: [], holds: false };
  while (true) {
    const next = await attempt(baseUrl, traceId, condition);
    if (next.holds && last.holds && fingerprint(next.spans) === fingerprint(last.spans)) return next.spans;
    last = next;
    if (performance.now() + pollMs > deadline) throw tooLate(traceId, deadlineMs, last);
    await delay(pollMs);
  }
}

interface Attempt {
  spans: Span[];
  holds: boolean;
  reason?: unknown;
}

async function attempt(baseUrl: string, traceId: string, condition: TraceCondition): Promise<Attempt> {
  let spans: Span[] = [];
  try {
    spans = await fetchTrace(baseUrl, traceId);
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

function tooLate(traceId: string, deadlineMs: number, { spans, holds, reason }: Attempt): Error {
  const why = holds ? 'it was still growing' : messageOf(reason ?? 'the condition did not hold');
  const seen = spans.length > 0 ? renderWaterfall(spans) : 'No span of it was there.';
  return new Error(`Trace ${traceId} was not as expected within ${deadlineMs} ms: ${why}\n\n${seen}`, {
    cause: reason,
  });
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
