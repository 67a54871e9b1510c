import { spanKinds, type Attributes, type Span, type SpanLink } from '../../tree/span.ts';
import { fieldsOf } from './attributes.ts';
import { SpanStore } from './span-store.ts';

/** The fields of a span that the rules read, which a `Span` has. `flags` are those of OTLP. */
export interface LintSpan extends Pick<
  Span,
  'traceId' | 'spanId' | 'parentSpanId' | 'name' | 'kind' | 'service' | 'startMs' | 'endMs' | 'status'
> {
  attributes: Readonly<Attributes>;
  resource: Readonly<Attributes>;
  flags?: number;
  links: readonly (Pick<SpanLink, 'traceId' | 'spanId'> & { flags?: number })[];
}

/**
 * Stores spans that are in memory, as the other functions of this package return them. Throws a `TypeError` for a span without valid ids.
 */
export function storeOf(spans: Iterable<LintSpan>): SpanStore {
  const store = new SpanStore();
  for (const span of spans) {
    const resource = store.resourceNumber({
      service: span.service,
      ...fieldsOf(Object.entries(span.resource)),
    });
    const problem = store.add(
      {
        ...span,
        parentSpanId: span.parentSpanId,
        kind: spanKinds.indexOf(span.kind),
        isError: span.status.code === 'ERROR',
        flags: span.flags ?? 0,
        links: span.links.map(({ traceId, spanId, flags = 0 }) => ({ traceId, spanId, flags })),
      },
      resource,
      fieldsOf(Object.entries(span.attributes)),
    );
    if (problem !== undefined) throw new TypeError(`Failed to lint the spans: got ${problem}`);
  }
  return store;
}
