import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { PlacedOrder } from '@beyond-headers/contracts';
import { JOBS, LASTING } from '../../services/services.ts';
import { startLocalSystem, type LocalSystem } from '@beyond-headers/supervisor';
import { assertEdges, waitForTrace, type Span } from '@beyond-headers/traces';
import { until } from '../support/until.ts';
import { jobCarrier } from '../support/expected-tree.ts';
import { ORDER, readOrder } from '../support/writer.ts';
import { readLogs } from '../../services/playground/runs/logs.ts';
import { allSpans } from './catalogue/all-spans.ts';
import { compareWithCatalogue } from './catalogue/compare.ts';
import { connect, runWorkload, type Clients } from './catalogue/workload.ts';
import { printResult } from './print.ts';
import { passed, runScenario } from './run-scenario.ts';
import { SCENARIOS } from './scenarios.ts';

/* Runs a workload that makes every call, and compares the responses and the spans with docs/reference. */

const SPANS_DEADLINE_MS = 30_000;
/** This stream doesn't end. */
const NOT_CALLED = ['GET /api/runs/{runId}/events'];

let system: LocalSystem;
let clients: Clients;
before(async () => {
  system = await startLocalSystem({
    env: {
      poller: { MAX_ATTEMPTS: '2', RETRY_BASE_MS: '100', RETRY_MAX_MS: '200' },
      cluster: { CLUSTER_TIME_SCALE: '0.02' },
    },
  });
  clients = await connect(system);
});
after(() => system.stop());

for (const scenario of SCENARIOS) {
  test(`${scenario.name}: every process in its place`, async () => {
    const result = await runScenario(scenario, system.urls);
    assert.ok(passed(result), printResult(result, false));
  });
}

test('the list of traces shows the orders and not the questions about them', async () => {
  const list = await (await fetch(system.urls.traces)).text();
  assert.match(list, /writer POST \/orders/);
  assert.doesNotMatch(list, /GET \/orders/);
});

test('the log lines of each service are beside its spans', async () => {
  const scenario = SCENARIOS.find(({ name }) => name === 'joined') ?? assert.fail('no scenario');
  const { traceIds, traces } = await runScenario(scenario, system.urls);
  const { lines } = await until(
    () => readLogs(system.urls.traces, traceIds[0] ?? ''),
    ({ lines: found }) => new Set(found.map(({ spanId }) => serviceOf(spanId, traces.flat()))).size === 4,
    { deadlineMs: 10_000, what: `log lines of four services in trace ${traceIds[0]},` },
  );
  const services = new Set(lines.map(({ spanId }) => serviceOf(spanId, traces.flat())));
  const { writer, poller, jobLauncher } = LASTING;
  const logging = [writer, poller, jobLauncher, JOBS.reportJob].map(({ name }) => name);
  assert.deepEqual(services, new Set(logging));
});

test('every answer is what OpenAPI says of it', async () => {
  await runWorkload(system, clients);
  const untried = Object.values(clients).flatMap((client) => client.untried());
  assert.deepEqual(
    untried.filter((name) => !NOT_CALLED.includes(name)),
    [],
  );
});

test('spans and attributes are those of the catalogue', async () => {
  // A process exports its last spans only when it is idle.
  const problems = await until(
    async () => compareWithCatalogue(await allSpans(system.urls.traces)),
    (found) => found.length === 0,
    { deadlineMs: SPANS_DEADLINE_MS, what: 'the catalogue (docs/reference/spans-and-attributes.md)' },
  );
  assert.deepEqual(problems, []);
});

test('order waits for a cluster that is away, uncounted, and joins its Job when it is back', async () => {
  await system.kill('cluster');
  const body = { ...ORDER, report: true };
  const { orderId, traceId = '' } = await clients.writer.call<PlacedOrder>('POST /orders', { body });
  const read = () => readOrder(system.urls.writer, orderId);
  const postponed = await until(read, ({ error }) => error !== undefined, { what: 'a postponed attempt' });
  assert.match(postponed.error ?? '', /job-launcher answered 503/);
  await system.restart('cluster');
  const fulfilled = await until(read, ({ status }) => status === 'fulfilled', { deadlineMs: 30_000 });
  assert.equal(fulfilled.attempts, 1);
  await waitForTrace(system.urls.traces, traceId, (spans) => assertEdges(spans, jobCarrier), {
    deadlineMs: 15_000,
  });
});

const serviceOf = (id: string, spans: readonly Span[]) => spans.find(({ spanId }) => spanId === id)?.service;
