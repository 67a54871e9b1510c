import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MongoClient } from 'mongodb';
import { printResult } from '../scenarios/print.ts';
import { passed, runScenario } from '../scenarios/run-scenario.ts';
import { SCENARIOS } from '../scenarios/scenarios.ts';
import { npmStart } from '../support/npm-start.ts';
import { chosen } from './support/choice.ts';
import { nameOf, SETTINGS } from './settings.ts';

const WHOLE_TRACE = { spans: 17, services: ['job-launcher', 'poller', 'report-job', 'writer'] };
const joined = SCENARIOS.find(({ name }) => name === 'joined');

for (const setting of chosen(SETTINGS)) {
  test(`npm start shows one whole trace with ${nameOf(setting)}`, async (t) => {
    assert.ok(joined);
    const { output, urls } = await npmStart(t, setting.env);
    const result = await runScenario(joined, urls);
    assert.ok(passed(result), `${printResult(result, false)}\n${output}`);
    const spans = result.traces[0] ?? [];
    assert.deepEqual(
      { spans: spans.length, services: [...new Set(spans.map(({ service }) => service))].toSorted() },
      WHOLE_TRACE,
    );
    const [line = ''] = output.match(/^Of what your shell sets: .*$/m) ?? [];
    const named = `${/left out ([^(]*)/.exec(line)?.[1] ?? ''} ${/setup: ignoring .*: (.*)/.exec(output)?.[1] ?? ''}`;
    assert.deepEqual(
      named.split(/[ ,]+/).filter(Boolean).toSorted(),
      (setting.leavesOut ?? []).toSorted(),
      `${line}\n${output}`,
    );
    if (setting.database) assert.equal(await ordersIn(urls.mongodb, setting.database), 1);
  });
}

async function ordersIn(uri: string, database: string): Promise<number> {
  const client = new MongoClient(uri);
  try {
    return await client.db(database).collection('orders').countDocuments();
  } finally {
    await client.close();
  }
}
