import { show } from '../tree/show.ts';
import { keyOf, type Span } from '../tree/span.ts';

/** A span and the scope that recorded it. Spans that differ only in their scope are two spans. */
export interface SpanRecord {
  span: Span;
  scope: unknown;
}

/**
 * Returns each different span once. An exporter that gets no response sends a span again, and a store may keep both copies. Only spans with
 * the same id are compared in full.
 */
export function withoutDoubles(records: readonly SpanRecord[]): Span[] {
  const counts = new Map<string, number>();
  for (const { span } of records) counts.set(keyOf(span), (counts.get(keyOf(span)) ?? 0) + 1);
  const seen = new Set<string>();
  return records.flatMap((record) => {
    if (counts.get(keyOf(record.span)) === 1) return [record.span];
    const identity = identityOf(record);
    if (seen.has(identity)) return [];
    seen.add(identity);
    return [record.span];
  });
}

/** The attribute that Jaeger adds to a stored span, which may be only one of two copies. */
const warningsKey = '@jaeger@warnings';

function identityOf({ span, scope }: SpanRecord): string {
  const attributes = { ...span.attributes, [warningsKey]: null };
  return show([{ ...span, attributes }, scope]);
}
