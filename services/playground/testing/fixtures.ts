import type { RunState, SpanView } from '../view/types.ts';

/** A span for tests, at a time in milliseconds; its id is its name. */
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
    events: [],
    links: [],
    ...given,
  };
}

export const run = (given: Partial<RunState> = {}): RunState => ({
  runId: 'one',
  traceIds: ['one'],
  orders: [],
  jobs: [],
  settled: true,
  ...given,
});

/** The entries of the five services, in the traces given. */
export function journey(traces: [string, string, string, string, string]): SpanView[] {
  const kinds = ['INTERNAL', 'SERVER', 'CONSUMER', 'SERVER', 'CONSUMER'];
  const services = ['browser', 'writer', 'poller', 'job-launcher', 'report-job'];
  return services.map((service, index) =>
    span(service, { service, kind: kinds[index] ?? '', traceId: traces[index] ?? '', startMs: index }),
  );
}
