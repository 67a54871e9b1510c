import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { LaunchedReport, ReportStatus } from '@beyond-headers/contracts';
import { assertScenarios } from '../../scenarios/assert-scenarios.ts';
import { until } from '../../support/until.ts';
import { placeOrder, untilFulfilled } from '../../support/writer.ts';
import { askInside, findTraces, readTraces, RECOVERY_MS, untilJoined } from './demo.ts';
import { docker } from './docker.ts';
import { imageSizes, IS_WRITING, memoryOf, reportNumbers, type Numbers } from './numbers.ts';
import { ComposeProject } from './project.ts';
import { restartTests } from './restarts.ts';
import { hardeningTests } from './running-containers.ts';

const WARM_START_BUDGET_MS = 90_000;

export interface DemoSuite {
  cluster: 'k3s' | 'light';
  /** The container in which pods run. */
  node: string;
  memoryBudgetMib: number;
  /** Adds tests that apply only to this cluster. */
  more?: (project: () => ComposeProject) => void;
}

/** The tests for both clusters. They depend on each other: the first one starts what the last one removes. */
export function demoSuite({ cluster, node, memoryBudgetMib, more }: DemoSuite): void {
  let project: ComposeProject;
  const numbers: Numbers = { cluster, recoveryMs: {} };
  before(async () => {
    project = await ComposeProject.create(cluster);
  });
  after(async () => {
    await project.remove();
    await reportNumbers(numbers);
  });

  void test('up returns when the demo works', async () => {
    assert.deepEqual(await project.leftovers(), [], 'there is nothing of it before');
    const start = performance.now();
    // For a cold start, the builder must not use its cache of an earlier run.
    if (IS_WRITING) await project.compose('build', '--no-cache');
    await project.up('--build');
    numbers.coldStartMs = performance.now() - start;
    await assertScenarios(project, ['joined']);
  });

  void test('every scenario holds from outside and from inside', async () => {
    const [said] = await Promise.all([project.compose('run', '--rm', 'scenario'), assertScenarios(project)]);
    assert.match(said, /all hold/);
  });

  void test('a link opens its trace in Jaeger', async () => {
    const placed = await placeOrder(project.writer, { report: true });
    await untilFulfilled(project.writer, placed.orderId, RECOVERY_MS);
    const again = { method: 'POST', body: { orderId: placed.orderId } };
    const launched = await askInside<LaunchedReport>(project, 'http://job-launcher:8083/reports', again);
    for (const { trace } of [placed.links, launched.links]) {
      assert.equal(trace, `${project.traces}/trace/${placed.traceId}`);
      assert.match(await (await fetch(trace)).text(), /Jaeger UI/);
    }
    // This is the request that Jaeger's page sends.
    const asked = () => readTraces(project, placed.traceId);
    await until(asked, (found) => found.join() === placed.traceId, {
      what: `trace ${placed.traceId} in Jaeger`,
    });
  });

  void test('a trace is found by service, operation and tag', async () => {
    const placed = await placeOrder(project.writer);
    const search = (orderId: string) => () =>
      findTraces(project, 'poller', 'process orders', { 'demo.order.id': orderId });
    await until(search(placed.orderId), (found) => found.join() === placed.traceId, {
      what: `a search that finds ${placed.traceId}`,
    });
    assert.deepEqual(await search('000000000000000000000000')(), []);
  });

  void test('all of it stays within its memory', async () => {
    numbers.memoryMib = await memoryOf(project);
    numbers.imageMib = await imageSizes(project);
    const total = Object.values(numbers.memoryMib).reduce((sum, mib) => sum + mib, 0);
    assert.ok(total <= memoryBudgetMib, `${total} MiB of ${memoryBudgetMib}`);
  });

  hardeningTests(() => project, cluster === 'k3s' ? node : undefined);
  more?.(() => project);
  restartTests(() => project, node, numbers);

  void test('work goes on without Jaeger', async () => {
    const { Id } = await project.container('jaeger');
    await docker(['stop', Id]);
    const placed = await placeOrder(project.writer, { report: true });
    await untilFulfilled(project.writer, placed.orderId, RECOVERY_MS);
    const report = `http://job-launcher:8083/reports/report-${placed.orderId}`;
    await until(
      () => askInside<ReportStatus>(project, report),
      ({ phase, exitCode }) => phase === 'succeeded' && exitCode === 0,
      { deadlineMs: 60_000, what: 'a report that is written without Jaeger' },
    );
    await docker(['start', Id]);
    await untilJoined(project);
  });

  void test('a warm start keeps orders and is quick', async () => {
    const placed = await placeOrder(project.writer);
    await project.compose('down');
    numbers.warmStartMs = await project.up();
    assert.ok(numbers.warmStartMs <= WARM_START_BUDGET_MS, `${numbers.warmStartMs} ms`);
    assert.equal((await fetch(`${project.writer}/orders/${placed.orderId}`)).status, 200);
  });

  void test('down with volumes leaves nothing', async () => {
    await project.remove();
    assert.deepEqual(await project.leftovers(), []);
  });
}
