import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startLocalSystem, type LocalSystem } from '@beyond-headers/supervisor';
import { until } from '../support/until.ts';
import { allSpans } from './catalogue/all-spans.ts';
import { compareWithCatalogue } from './catalogue/compare.ts';
import { connect, runWorkload, type Clients } from './catalogue/workload.ts';

/* A system does all that it can do; what it said over HTTP and in spans is held against docs/reference. */

const SPANS_DEADLINE_MS = 30_000;
/** A stream that does not end. */
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

test('every answer is what OpenAPI says of it', async () => {
  await runWorkload(system, clients);
  const untried = Object.values(clients).flatMap((client) => client.untried());
  assert.deepEqual(
    untried.filter((name) => !NOT_CALLED.includes(name)),
    [],
  );
});

test('spans and attributes are those of the catalogue', async () => {
  // The last spans of a process come when it has nothing else to do.
  const problems = await until(
    async () => compareWithCatalogue(await allSpans(system.urls.traces)),
    (found) => found.length === 0,
    { deadlineMs: SPANS_DEADLINE_MS, what: 'the catalogue (docs/reference/spans-and-attributes.md)' },
  );
  assert.deepEqual(problems, []);
});
