import type { OrderView, ReportStatus } from '@beyond-headers/contracts';
import { parseOtlp, type Span } from '@beyond-headers/traces';
import { RunReader } from '../runs/run-reader.ts';
import type { Sources } from '../runs/sources.ts';

export const RUN = 'a'.repeat(32);
export const OTHER = 'b'.repeat(32);
export const ORDER = '6'.repeat(24);
const KINDS = { SERVER: 2, PRODUCER: 4, CONSUMER: 5 };

/** A span in short form. */
export type Sketch = [
  traceId: string,
  id: number,
  parent: number,
  service: string,
  kind: keyof typeof KINDS,
  attributes?: Record<string, string | number>,
];

const message = {
  'messaging.system': 'mongodb',
  'messaging.destination.name': 'orders',
  'demo.order.id': ORDER,
};
const sent = { ...message, 'messaging.operation.type': 'send', 'messaging.message.id': ORDER };
const processed = { ...sent, 'messaging.operation.type': 'process', 'demo.attempt.max': 5 };

const hex = (number: number) => String(number).padStart(16, '0');

export const spanOf = ([traceId, id, parent, service, kind, attributes = {}]: Sketch): Span[] => {
  const span = {
    traceId,
    spanId: hex(id),
    name: `${service} ${id}`,
    kind: KINDS[kind],
    ...(parent > 0 && { parentSpanId: hex(parent) }),
    startTimeUnixNano: `17000000${id}0000000000`,
    endTimeUnixNano: `17000000${id}5000000000`,
    attributes: Object.entries(attributes).map(([key, value]) => ({
      key,
      value: typeof value === 'string' ? { stringValue: value } : { intValue: value },
    })),
  };
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: service } }] };
  return parseOtlp({ resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] });
};

export interface Given {
  spans: Sketch[];
  order?: Partial<OrderView>;
  job?: Partial<ReportStatus>;
  deletedAtMs?: number;
  jobDeletedAtMs?: number;
  /** The source that doesn't answer, and when. Default: always. */
  away?: { source: keyof Sources; isAway?: () => boolean };
}

/** Returns sources that know nothing except what is given. */
export const sourcesWith = (given: Partial<Sources>): Sources => ({
  trace: async () => [],
  order: async () => undefined,
  job: async () => undefined,
  carriers: async () => [],
  ...given,
});

/** Returns an order whose work is in two traces. */
export const orderWith = (given: Partial<OrderView>): OrderView => ({
  orderId: ORDER,
  customer: 'ada',
  items: [],
  report: false,
  status: 'fulfilled',
  createdAt: '2026-01-31T12:00:00.000Z',
  attempts: 1,
  traceIds: [RUN, OTHER],
  ...given,
});

/** Returns a reader that has read its sources twice. */
export async function readRun(given: Given): Promise<RunReader> {
  const { spans, order = {}, job, deletedAtMs = Infinity, jobDeletedAtMs = Infinity, away } = given;
  const sources = sourcesWith({
    trace: async (traceId) => spans.filter(([own]) => own === traceId).flatMap(spanOf),
    order: async () =>
      Date.now() > deletedAtMs ? undefined : orderWith({ report: job !== undefined, ...order }),
    job: async (jobName) =>
      !job || Date.now() > jobDeletedAtMs
        ? undefined
        : { jobName, namespace: 'default', phase: 'running', attempts: [], maxAttempts: 3, ...job },
  });
  const reader = new RunReader(RUN, away ? { ...sources, ...awaySource(away, sources) } : sources);
  await reader.step();
  await reader.step();
  return reader;
}

const awaySource = ({ source, isAway = () => true }: NonNullable<Given['away']>, sources: Sources) => ({
  [source]: async (id: string) => {
    if (isAway()) throw new Error(`no ${source}`);
    return sources[source](id);
  },
});

/** The spans of a run in which the poller found no context. */
export const CUT: Sketch[] = [
  [RUN, 1, 0, 'writer', 'SERVER'],
  [RUN, 2, 1, 'writer', 'PRODUCER', sent],
  [OTHER, 3, 0, 'poller', 'CONSUMER', processed],
];
