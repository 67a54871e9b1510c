import { matchesLabel } from './labels.ts';
import { keyOf, type Span } from './span.ts';

/**
 * Removes the spans that match one of the labels, in which `*` matches any text. Their children move up to the nearest remaining ancestor.
 * Use it for expectations that should not depend on, for example, a framework's middleware spans.
 */
export function withoutSpans(spans: readonly Span[], labels: readonly string[]): Span[] {
  const dropped = new Map(
    spans
      .filter((span) => labels.some((label) => matchesLabel(span, label)))
      .map((span) => [keyOf(span), span]),
  );
  return spans.filter((span) => !dropped.has(keyOf(span))).map((span) => underKept(span, dropped));
}

function underKept(span: Span, dropped: Map<string, Span>): Span {
  const { parentSpanId: original, ...rest } = span;
  let parentSpanId = original;
  // Bounded, because removed spans may form a circle.
  for (let steps = 0; parentSpanId !== undefined && steps <= dropped.size; steps++) {
    const parent = dropped.get(keyOf({ traceId: span.traceId, spanId: parentSpanId }));
    if (!parent) break;
    parentSpanId = parent.parentSpanId;
  }
  return parentSpanId === undefined ? rest : { ...rest, parentSpanId };
}
