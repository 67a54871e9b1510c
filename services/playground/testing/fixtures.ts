import type { SpanView } from '../view/types.ts';

/** Returns a span for tests, whose id is its name. */
export function span(name: string, given: Partial<SpanView> = {}): SpanView {
  return {
    traceId: 'one',
    spanId: name,
    name,
    kind: 'INTERNAL',
    service: 'writer',
    startMs: 0,
    endMs: 10,
    attributes: {},
    resource: {},
    events: [],
    links: [],
    status: { code: 'UNSET' },
    ...given,
  };
}
