import assert from 'node:assert/strict';
import { waitForTrace, type Span } from '@beyond-headers/traces';
import { traces } from './preload.ts';

/** Removes duplicates. If a process was killed just after it delivered a span, the journal delivers the span again. */
export const unique = (spans: Span[]): Span[] => [
  ...new Map(spans.map((span) => [span.spanId, span])).values(),
];

/** Waits until the spans of a trace hold. Otherwise, throws an error with a drawing of the trace that arrived. */
export async function reachesTrace(
  traceId: string | undefined,
  holds: (spans: Span[]) => void,
  deadlineMs = 20_000,
): Promise<Span[]> {
  return unique(
    await waitForTrace(traces.queryUrl, traceId ?? '', (found) => holds(unique(found)), { deadlineMs }),
  );
}

/** Reports whether an attempt ended like this, or its poller was killed before it read the response that says so. */
export const endedAs = (attempt: Span | undefined, outcome: string): boolean =>
  attempt?.attributes['demo.outcome'] === outcome || attempt?.status.message === 'the process was killed';

/** Asserts that the parent of each span is also there. */
export function assertNoOrphans(spans: Span[]): void {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  assert.deepEqual(
    spans.filter(({ parentSpanId }) => parentSpanId && !ids.has(parentSpanId)).map(({ name }) => name),
    [],
    'spans without their parent',
  );
}
