import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { JOBS, LASTING } from '../../services/services.ts';
import { startLocalSystem, type LocalSystem } from '@beyond-headers/supervisor';
import type { Span } from '@beyond-headers/traces';
import { until } from '../support/until.ts';
import { readLogs } from '../../services/playground/runs/logs.ts';
import { printResult } from './print.ts';
import { passed, runScenario } from './run-scenario.ts';
import { SCENARIOS } from './scenarios.ts';

let system: LocalSystem;
before(async () => {
  system = await startLocalSystem();
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

const serviceOf = (id: string, spans: readonly Span[]) => spans.find(({ spanId }) => spanId === id)?.service;
