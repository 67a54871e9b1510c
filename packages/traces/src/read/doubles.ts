import { groupBy } from '../tree/group-by.ts';
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
  const byId = groupBy(records, ({ span }) => keyOf(span));
  const seen = new Set<string>();
  const isNew = (record: SpanRecord) => {
    if (byId.get(keyOf(record.span))?.length === 1) return true;
    const identity = identityOf(record);
    return !seen.has(identity) && seen.add(identity);
  };
  return records.filter(isNew).map(({ span }) => span);
}

/** The attribute that Jaeger adds to a stored span, which may be only one of two copies. */
const warningsKey = '@jaeger@warnings';

function identityOf({ span, scope }: SpanRecord): string {
  const attributes = { ...span.attributes, [warningsKey]: null };
  return show([{ ...span, attributes }, scope]);
}
