import { test } from 'node:test';
import { until } from '../support/until.ts';
import { demoSuite } from './support/demo-suite.ts';
import type { ComposeProject } from './support/project.ts';

function withLoad(project: () => ComposeProject): void {
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
}

demoSuite({ cluster: 'light', node: 'light-cluster', memoryBudgetMib: 1024, more: withLoad });
