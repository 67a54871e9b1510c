import { setTimeout as delay } from 'node:timers/promises';
import { renderWaterfall } from '../draw/waterfall.ts';
import type { Span } from '../tree/span.ts';
import { NoQueryApiError } from './answer.ts';
import { fetchTraces } from './jaeger.ts';

export interface WaitOptions {
  /** Give up after this time. Default 5,000. */
  deadlineMs?: number;
  /** Time between two reads. Default 50. */
  pollMs?: number;
  /** Sent with each read, such as `{ authorization: 'Bearer …' }`. */
  headers?: Readonly<Record<string, string>>;
}

/** The condition holds unless it returns `false` or throws. You can therefore pass a function with assertions. */
export type TraceCondition = (spans: Span[]) => unknown;

/**
 * Reads a trace, or several together, until the condition holds and two reads in a row return the same spans. Returns these spans. At the
 * deadline, throws an `Error` with the last reason and a drawing of the spans. Throws a `NoQueryApiError` at once if waiting can't help.
 */
export async function waitForTrace(
  baseUrl: string,
  traceId: string | readonly string[],
  condition: TraceCondition = (spans) => spans.length > 0,
  { deadlineMs = 5_000, pollMs = 50, headers = {} }: WaitOptions = {},
): Promise<Span[]> {
  const deadline = performance.now() + deadlineMs;
  const traceIds = [traceId].flat();
  const read = () => fetchTraces(baseUrl, traceIds, headers);
  let last: Attempt = { spans: [], holds: false };
  while (true) {
    const next = await attempt(read, condition);
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

async function attempt(read: () => Promise<Span[]>, condition: TraceCondition): Promise<Attempt> {
  let spans: Span[] = [];
  try {
    spans = await read();
    return { spans, holds: (await condition(spans)) !== false };
  } catch (reason) {
    if (reason instanceof NoQueryApiError) throw reason;
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
