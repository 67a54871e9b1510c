import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OrderView, ReportStatus } from '@beyond-headers/contracts';
import { parseOtlp, type Span } from '@beyond-headers/traces';
import { journeyOf, verdictOn } from '@beyond-headers/journey';
import { RunReader } from './run-reader.ts';
import type { Sources } from './sources.ts';

const RUN = 'a'.repeat(32);
const OTHER = 'b'.repeat(32);
const ORDER = '6'.repeat(24);
const KINDS = { SERVER: 2, PRODUCER: 4, CONSUMER: 5 };

type Sketch = [
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

const spanOf = ([traceId, id, parent, service, kind, attributes = {}]: Sketch): Span[] => {
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

interface Given {
  spans: Sketch[];
  order?: Partial<OrderView>;
  job?: Partial<ReportStatus>;
  deletedAtMs?: number;
  jobDeletedAtMs?: number;
  /** Which source does not answer, and while what is true. */
  away?: { source: keyof Sources; isAway?: () => boolean };
}

async function read(given: Given): Promise<RunReader> {
  const { spans, order = {}, job, deletedAtMs = Infinity, jobDeletedAtMs = Infinity, away } = given;
  const sources: Sources = {
    trace: async (traceId) => spans.filter(([own]) => own === traceId).flatMap(spanOf),
    order: async () =>
      Date.now() > deletedAtMs
        ? undefined
        : {
            orderId: ORDER,
            customer: 'ada',
            items: [],
            report: job !== undefined,
            status: 'fulfilled' as const,
            createdAt: '2026-01-31T12:00:00.000Z',
            attempts: 1,
            traceIds: [RUN, OTHER],
            ...order,
          },
    job: async (jobName) =>
      !job || Date.now() > jobDeletedAtMs
        ? undefined
        : {
            jobName,
            namespace: 'default',
            phase: 'running' as const,
            attempts: [],
            maxAttempts: 3,
            ...job,
          },
    carriers: async () => [],
  };
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

const CUT: Sketch[] = [
  [RUN, 1, 0, 'writer', 'SERVER'],
  [RUN, 2, 1, 'writer', 'PRODUCER', sent],
  [OTHER, 3, 0, 'poller', 'CONSUMER', processed],
];

test('a run has the findings of lint, and they are its verdict', async () => {
  const { findings, spans, state } = await read({ spans: CUT });
  assert.deepEqual(
    findings.map(({ rule, to }) => [rule, to?.service]),
    [['lost-context', 'poller']],
  );
  assert.deepEqual(state.findings, findings);
  assert.equal(verdictOn(journeyOf(spans, state), spans, state).title, 'Two traces');
});

test('an order that waits for its next attempt is being retried', async () => {
  const { spans, state } = await read({ spans: CUT.slice(0, 2), order: { status: 'pending' } });
  assert.deepEqual(state.orders, [{ orderId: ORDER, status: 'pending', attempts: 1 }]);
  assert.equal(verdictOn(journeyOf(spans, state), spans, state).title, 'Retrying (2)');
});

test('how many attempts an order has is known from its spans', async () => {
  const { state } = await read({ spans: CUT, order: { status: 'failed', attempts: 5, error: 'boom' } });
  assert.deepEqual(state.orders, [
    { orderId: ORDER, status: 'failed', attempts: 5, maxAttempts: 5, error: 'boom' },
  ]);
});

const ongoing: Record<string, Omit<Given, 'spans'>> = {
  'a held order': { order: { status: 'held', approvalsLeft: 1 } },
  'an order behind a paused poller': { order: { status: 'pending', attempts: 0 } },
  'an order that takes long': { order: { status: 'processing' } },
  'a Job whose pod does not start': { job: { phase: 'pending' } },
};
for (const [what, given] of Object.entries(ongoing)) {
  test(`a silent run is not over: ${what}`, async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: 800_000 });
    const reader = await read({ spans: CUT, ...given });
    t.mock.timers.tick(3_600_000);
    await reader.step();
    assert.equal(reader.state.settled, false);
  });
}

const running = { phase: 'running' } as const;
const awayFrom: Record<string, Omit<Given, 'spans'>> = {
  'the launcher from the start': { job: running, away: { source: 'job' } },
  'the writer from the start': { away: { source: 'order' } },
  'the traces from the start': { away: { source: 'trace' } },
  'the launcher while a Job runs': {
    job: running,
    away: { source: 'job', isAway: () => Date.now() > 810_000 },
  },
  'the writer while an order waits': {
    order: { status: 'pending' },
    away: { source: 'order', isAway: () => Date.now() > 810_000 },
  },
};
for (const [what, given] of Object.entries(awayFrom)) {
  test(`a source that stays away ends a run: ${what}`, async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: 800_000 });
    const reader = await read({ spans: CUT, ...given });
    t.mock.timers.tick(80_000);
    await reader.step();
    assert.equal(reader.state.settled, false);
    t.mock.timers.tick(20_000);
    await reader.step();
    assert.deepEqual([reader.state.settled, reader.state.problem], [true, `no ${given.away?.source}`]);
  });
}

test('a source that is away for a moment ends no held run', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 800_000 });
  let isAway = false;
  const held = { order: { status: 'held', approvalsLeft: 1 } } as const;
  const reader = await read({ spans: CUT, ...held, away: { source: 'order', isAway: () => isAway } });
  t.mock.timers.tick(3_600_000);
  await reader.step();
  isAway = true;
  t.mock.timers.tick(30_000);
  await reader.step();
  assert.deepEqual([reader.state.settled, reader.state.problem], [false, 'no order']);
});

for (const status of ['pending', 'processing'] as const) {
  test(`a Job whose ${status} order was deleted is followed to its end`, async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: 800_000 });
    const job: Partial<ReportStatus> = { phase: 'running' };
    const order: Partial<OrderView> = { status: 'processing' };
    const reader = await read({ spans: CUT, order, job, deletedAtMs: 850_000 });
    order.status = status;
    await reader.step();
    t.mock.timers.tick(3_600_000);
    await reader.step();
    assert.equal(reader.state.settled, false);
    job.phase = 'succeeded';
    await reader.step();
    assert.equal(reader.state.jobs[0]?.phase, 'succeeded');
    t.mock.timers.tick(100_000);
    await reader.step();
    assert.equal(reader.state.settled, true);
  });
}

test('a Job that was deleted with its order keeps no run open', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 800_000 });
  const deleted = { deletedAtMs: 850_000, jobDeletedAtMs: 850_000 };
  const reader = await read({ spans: CUT, order: { status: 'processing' }, job: running, ...deleted });
  assert.equal(reader.state.jobs[0]?.phase, 'running');
  t.mock.timers.tick(100_000);
  await reader.step();
  assert.deepEqual([reader.state.settled, reader.state.jobs[0]?.phase], [true, 'unknown']);
});

test('a run is silent long after its last change', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 800_000 });
  const order: Partial<OrderView> = { status: 'pending' };
  const reader = await read({ spans: CUT, order });
  t.mock.timers.tick(80_000);
  order.status = 'processing';
  await reader.step();
  t.mock.timers.tick(80_000);
  await reader.step();
  assert.equal(reader.isSilent, false);
  t.mock.timers.tick(20_000);
  assert.deepEqual([reader.isSilent, reader.state.settled], [true, false]);
});

test('a silent run of an order that was deleted is over', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 800_000 });
  const reader = await read({ spans: CUT, order: { status: 'pending' }, deletedAtMs: 850_000 });
  t.mock.timers.tick(60_000);
  await reader.step();
  assert.equal(reader.state.settled, false);
  t.mock.timers.tick(60_000);
  await reader.step();
  assert.equal(reader.state.settled, true);
});

test('a held order is the verdict until it is approved', async () => {
  const { spans, state } = await read({
    spans: CUT.slice(0, 2),
    order: { status: 'held', approvalsLeft: 2 },
  });
  assert.equal(state.orders[0]?.approvalsLeft, 2);
  assert.equal(verdictOn(journeyOf(spans, state), spans, state).title, 'Held');
});

const killed = { pod: 'report-1', phase: 'Failed', reason: 'OOMKilled', exitCode: 137, finishedAt: 'now' };

test('a Job stands as its last attempt that ended says', async () => {
  const running = { attempt: 2, pod: 'report-2', phase: 'Running' };
  const attempts = [{ attempt: 1, ...killed }, running];
  const { state } = await read({ spans: CUT, job: { attempts } });
  const [job] = state.jobs;
  assert.deepEqual(job, {
    jobName: `report-${ORDER}`,
    phase: 'running',
    failedAttempts: 1,
    maxAttempts: 3,
    reason: 'OOMKilled',
    exitCode: 137,
  });
});

test('why the last pod ended says more than why the Job did', async () => {
  const attempts = [{ attempt: 1, ...killed }];
  const failed = { phase: 'failed', reason: 'BackoffLimitExceeded', attempts } as const;
  const { state } = await read({ spans: CUT, job: failed });
  assert.equal(state.jobs[0]?.reason, 'OOMKilled');
  const never = await read({ spans: CUT, job: { ...failed, attempts: [] } });
  assert.equal(never.state.jobs[0]?.reason, 'BackoffLimitExceeded');
});

test('once all that is shown is there, traces are not read again', async () => {
  const spans = Array.from({ length: 5_001 }, (_, index): Sketch => [RUN, index + 1, 0, 'writer', 'SERVER']);
  let reads = 0;
  const reader = new RunReader(RUN, {
    trace: async () => {
      reads++;
      return spans.flatMap(spanOf);
    },
    order: async () => undefined,
    job: async () => undefined,
    carriers: async () => [],
  });
  await reader.step();
  await reader.step();
  assert.deepEqual([reader.spans.length, reads], [5_000, 1]);
  assert.match(reader.state.problem ?? '', /first 5000 spans/);
});
