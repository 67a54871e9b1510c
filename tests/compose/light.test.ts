import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../support/until.ts';
import { demoSuite } from './support/demo-suite.ts';
import type { Changes, ComposeProject } from './support/project.ts';

/** What each change breaks, and the container that `up` gives up at. */
const BROKEN: Array<[what: string, changes: Changes, container: string]> = [
  [
    'an order becomes no joined trace',
    { poller: { environment: { JOB_LAUNCHER_URL: 'http://nowhere.invalid:8083', MAX_ATTEMPTS: '1' } } },
    'first-trace',
  ],
  ['a service dies at its start', { 'job-launcher': { command: ['no-such-file.ts'] } }, 'job-launcher'],
];

function ofThisCluster(project: () => ComposeProject): void {
  test('the profile load places orders', async () => {
    // Healthy is what the writer accepts the orders of.
    await project().up('--build', 'load');
    await until(
      async () => (await fetch(`${project().writer}/orders?limit=10`)).text(),
      (orders) => /"customer":"load"/.test(orders),
      { what: 'an order of load among the latest' },
    );
    await project().compose('rm', '--stop', '--force', 'load');
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
