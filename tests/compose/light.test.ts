import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../support/until.ts';
import { placeOrder } from '../support/writer.ts';
import { askInside } from './support/demo.ts';
import { demoSuite } from './support/demo-suite.ts';
import type { Changes, ComposeProject } from './support/project.ts';

/** Ways to break the demo, and the container that `up` reports as failed. */
const BROKEN: Array<[what: string, changes: Changes, container: string]> = [
  [
    'an order becomes no joined trace',
    { poller: { environment: { JOB_LAUNCHER_URL: 'http://nowhere.invalid:8083', MAX_ATTEMPTS: '1' } } },
    'first-trace',
  ],
  ['a service dies at its start', { 'job-launcher': { command: ['no-such-file.ts'] } }, 'job-launcher'],
];

async function servicesThatLogged(project: ComposeProject, traceId: string): Promise<string[]> {
  const { logs } = await askInside<{ logs: Array<{ service: string }> }>(
    project,
    `http://logs:16686/api/logs?traceId=${traceId}`,
  );
  return [...new Set(logs.map(({ service }) => service))].toSorted();
}

function ofThisCluster(project: () => ComposeProject): void {
  test('the profile load places orders', async () => {
    // The container becomes healthy when the writer accepts its orders.
    await project().up('--build', 'load');
    await until(
      async () => (await fetch(`${project().writer}/orders?limit=10`)).text(),
      (orders) => /"customer":"load"/.test(orders),
      { what: 'an order of load among the latest' },
    );
    await project().compose('rm', '--stop', '--force', 'load');
  });

  test('the profile logs keeps the log lines of spans, those of a pod among them', async () => {
    const withLogs = project().with({ COMPOSE_PROFILES: 'light,logs', LOGS_HOST: 'logs' });
    await withLogs.up('--build');
    const { traceId } = await placeOrder(withLogs.writer, { report: true });
    await until(
      () => servicesThatLogged(withLogs, traceId),
      (services) => services.join() === 'job-launcher,poller,report-job,writer',
      { what: 'a log line of each service', deadlineMs: 60_000 },
    );
    await project().compose('rm', '--stop', '--force', 'logs');
    await project().up();
  });

  test('up fails when the demo is broken, and works when that is mended', async () => {
    for (const [what, changes, container] of BROKEN) {
      const named = new RegExp(`${container}\\b.*(exit|unhealthy)`);
      await assert.rejects(project().upWith(changes), named, what);
    }
    await project().up();
  });
}

demoSuite({ cluster: 'light', node: 'light-cluster', memoryBudgetMib: 1024, more: ofThisCluster });
