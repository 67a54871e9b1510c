import type { SpanKind, SpanShape } from '@beyond-headers/traces/tree';
import type { FoundBreak, Run } from '../run.ts';
import { STOPS, type StopName } from '../stops.ts';

/** Returns a span for tests, whose ID is its name. Its times are in milliseconds. */
export function span(name: string, given: Partial<SpanShape> = {}): SpanShape {
  return {
    traceId: 'one',
    spanId: name,
    name,
    kind: 'INTERNAL',
    service: 'writer',
    startMs: 0,
    endMs: 10,
    attributes: {},
    links: [],
    status: { code: 'UNSET' },
    ...given,
  };
}

export const run = (given: Partial<Run> = {}): Run => ({
  traceIds: ['one'],
  orders: [],
  jobs: [],
  findings: [],
  settled: true,
  ...given,
});

/** Returns a finding of `traces lint` about the hop to a stop. */
export const finding = (rule: string, service: StopName): FoundBreak => ({ rule, to: { service } });

/** Returns the entry spans of the five services, in the given traces. */
export function journey(traces: [string, string, string, string, string]): SpanShape[] {
  const kinds: SpanKind[] = ['INTERNAL', 'SERVER', 'CONSUMER', 'SERVER', 'CONSUMER'];
  return STOPS.map(({ service }, index) =>
    span(service, {
      service,
      kind: kinds[index] ?? 'INTERNAL',
      traceId: traces[index] ?? '',
      startMs: index,
    }),
  );
}
