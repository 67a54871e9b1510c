import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertScenarios } from '../../scenarios/assert-scenarios.ts';
import { passed, runScenario } from '../../scenarios/run-scenario.ts';
import { SCENARIOS } from '../../scenarios/scenarios.ts';
import { until } from '../../support/until.ts';
import { listOrders, placeOrder, readOrder, untilFulfilled } from '../../support/writer.ts';
import {
  identityOf,
  jobImage,
  kubectl,
  leftovers,
  podOf,
  pollerStatus,
  untilNothingIsLeft,
} from '../support/cluster.ts';
import { EDITED, EDITS } from '../support/edits.ts';
import { WorkingCopy } from '../support/working-copy.ts';

/** From the command to the end of the first scenario, with the images of an earlier `tilt ci`. */
const FIRST_TRACE_BUDGET_MS = 120_000;
const DEPLOY_MS = 120_000;
const UPDATE_MS = 60_000;

let copy: WorkingCopy;
let isOurs = false;

// The tests depend on each other: the first one starts what the last one removes.
before(async () => {
  assert.deepEqual(
    await leftovers(),
    [],
    'The demo is on this cluster already: tilt down --delete-namespaces',
  );
  copy = await WorkingCopy.create();
  isOurs = true;
});
after(async () => {
  // A demo that was on the cluster before the test must stay.
  if (!isOurs) return;
  await copy.tilt.stop();
  await copy.tilt.down();
  await copy.remove();
});

test('the Tiltfile holds without a cluster', async () => {
  const answer = await copy.tilt.run('alpha', 'tiltfile-result');
  assert.ok((JSON.parse(answer) as { Manifests: unknown[] }).Manifests.length > 0);
});

test('tilt ci ends well once all scenarios hold', async (t) => {
  const start = performance.now();
  const log = await copy.tilt.ci();
  t.diagnostic(`tilt ci: ${seconds(start)} s`);
  assert.match(log, /all hold/);
});

test('tilt down leaves nothing', async () => {
  await copy.tilt.down();
  await untilNothingIsLeft();
});

test('the first joined trace comes in time', async (t) => {
  const start = performance.now();
  copy.tilt.up();
  await copy.tilt.untilBuilt('first-trace', DEPLOY_MS);
  t.diagnostic(`tilt up, first joined trace: ${seconds(start)} s`);
  assert.ok(performance.now() - start <= FIRST_TRACE_BUDGET_MS, `${seconds(start)} s`);
});

test('every scenario holds', () => assertScenarios(copy));

test('the playground is on its port', async () => {
  assert.match(await (await fetch(copy.playground)).text(), /<html/);
});

for (const [button, report, traceCount] of [
  ['place-order', false, 1],
  ['place-order-with-report', true, 1],
  ['break-document', true, 2],
  ['break-job', true, 2],
  ['break-both', true, 3],
] as const) {
  test(`the button ${button} makes its traces`, async () => {
    const [before] = await listOrders(copy.writer);
    await copy.tilt.click(button);
    const [order] = await listOrders(copy.writer);
    assert.notEqual(order?.orderId, before?.orderId);
    assert.deepEqual([order?.report, order?.traceIds.length], [report, traceCount]);
  });
}

test('the buttons pause and resume the poller', async () => {
  await copy.tilt.click('pause');
  assert.equal((await pollerStatus()).paused, true);
  const { orderId } = await placeOrder(copy.writer);
  assert.equal((await readOrder(copy.writer, orderId)).status, 'pending');
  await copy.tilt.click('resume');
  assert.equal((await pollerStatus()).paused, false);
  await untilFulfilled(copy.writer, orderId);
});

test('the button flood places as many as asked', async () => {
  const before = (await listOrders(copy.writer)).length;
  await copy.tilt.click('flood', { ORDERS: '40' });
  assert.equal((await listOrders(copy.writer)).length, before + 40);
});

test('a changed source runs in the same pod', async () => {
  const pod = await podOf('writer');
  const builtAt = await copy.tilt.imageBuiltAt('beyond-headers/writer');
  assert.ok(builtAt);
  await copy.edit(EDITS.writer);
  await untilServed(`${copy.writer}/openapi.json`);
  assert.deepEqual(identityOf(await podOf('writer')), identityOf(pod));
  assert.equal(await copy.tilt.imageBuiltAt('beyond-headers/writer'), builtAt, 'no image was built');
});

test('a changed style is served by the same pod', async () => {
  const pod = await podOf('playground');
  await copy.edit(EDITS.style);
  await untilServed(`${copy.playground}/assets/styles.css`);
  assert.deepEqual(identityOf(await podOf('playground')), identityOf(pod));
});

test('a changed job image is what the next Job runs', async () => {
  const old = await jobImage();
  await copy.edit(EDITS.job);
  const image = await until(jobImage, (now) => now !== old, {
    deadlineMs: DEPLOY_MS,
    what: 'another JOB_IMAGE',
  });
  await kubectl('rollout', 'status', 'deployment/job-launcher', '--timeout', '2m');
  const { orderId } = await placeOrder(copy.writer, { report: true });
  await untilFulfilled(copy.writer, orderId);
  const job = `job/report-${orderId}`;
  await kubectl('wait', '--for=condition=complete', job, '--timeout', '2m');
  const path = 'jsonpath={.spec.template.spec.containers[0].image}';
  assert.equal(await kubectl('get', job, '--output', path), image);
  assert.match(await kubectl('logs', job), new RegExp(EDITED));
});

test('the logs of jobs are with the resource report-job', async () => {
  await until(
    () => Promise.resolve(copy.tilt.log),
    (log) => new RegExp(`report-job │.*${EDITED}`).test(log),
    {
      deadlineMs: UPDATE_MS,
      what: 'a line of report-job in the log of Tilt',
    },
  );
});

test('the button reset leaves no order and no Job', async () => {
  await copy.tilt.click('reset');
  const found = await until(
    () => listOrders(copy.writer).catch(() => undefined),
    (list) => list !== undefined,
    { deadlineMs: UPDATE_MS, what: 'a writer that has its database again' },
  );
  assert.deepEqual(found, []);
  assert.equal(await kubectl('get', 'jobs', '--output', 'name'), '');
  const [joined] = SCENARIOS;
  assert.ok(joined);
  await until(() => runScenario(joined, copy), passed, {
    deadlineMs: DEPLOY_MS,
    what: 'a joined trace again',
  });
});

test('tilt down after tilt up leaves nothing either', async () => {
  await copy.tilt.stop();
  await copy.tilt.down();
  await untilNothingIsLeft();
});

async function untilServed(url: string): Promise<void> {
  await until(
    // While the service restarts, requests fail.
    () =>
      fetch(url).then(
        (response) => response.text(),
        () => '',
      ),
    (text) => text.includes(EDITED),
    { deadlineMs: UPDATE_MS, what: `${url} with the change` },
  );
}

const seconds = (start: number): string => ((performance.now() - start) / 1_000).toFixed(1);
