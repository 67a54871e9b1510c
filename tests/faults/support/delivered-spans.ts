import assert from 'node:assert/strict';
import type { Span } from '@beyond-headers/traces';

/** Removes duplicates. If a process was killed just after it delivered a span, the journal delivers the span again. */
export const unique = (spans: Span[]): Span[] => [
  ...new Map(spans.map((span) => [span.spanId, span])).values(),
];

/** Asserts that the parent of each span is also there. */
export function assertNoOrphans(spans: Span[]): void {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  assert.deepEqual(
    spans.filter(({ parentSpanId }) => parentSpanId && !ids.has(parentSpanId)).map(({ name }) => name),
    [],
    'spans without their parent',
  );
}
