import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutServer, listen, urlOf } from '@beyond-headers/service-kit/listen';
import { runScenario } from './run-scenario.ts';
import { SCENARIOS } from './scenarios.ts';

test('another server than a writer is named, with its answer', async (t) => {
  const server = await listen((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<html>');
  });
  t.after(() => cutServer(server));
  const url = urlOf(server);
  const { expectations } = await runScenario(SCENARIOS[0]!, { writer: url, traces: url });
  assert.deepEqual(
    expectations.map(({ failure }) => failure),
    [`Failed to post to ${url}/orders: got 200 <html>. Expected success and JSON.`],
  );
});
