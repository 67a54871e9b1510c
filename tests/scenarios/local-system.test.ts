import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startLocalSystem, type LocalSystem } from '@beyond-headers/supervisor';
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
