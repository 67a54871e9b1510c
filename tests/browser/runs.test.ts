import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { setDemoStage } from './support/demo-stage.ts';
import { crossingIn, rowsIn, run, verdictIn, waitForRun } from './support/page.ts';

const stage = setDemoStage();

test('the root of the trace is the click', async () => {
  const { page } = await stage.open('?report=off');
  await run(page, 'a');
  const first = page.locator('#slot-a .span-row').first();
  assert.match(await first.innerText(), /click Run/);
  assert.equal(await page.locator('#slot-a .note-orphan').count(), 0);
  const traceId = new URL(page.url()).searchParams.get('a') ?? '';
  const { status } = await fetch(`${stage.system.urls.traces}/api/v3/traces/${traceId}`);
  assert.equal(status, 200);
});

test('the back button shows the runs of each step', async () => {
  const { page, problems } = await stage.open('?report=off');
  await run(page, 'a');
  await run(page, 'b');
  await page.locator('#slot-b .span-row').first().click();
  await page.locator('#span-details[open]').waitFor();
  await page.goBack();
  await page.locator('#slot-b .prompt').waitFor();
  assert.equal(await page.locator('#span-details[open]').count(), 0);
  assert.equal(await verdictIn(page, 'a'), 'One trace');
  await page.goBack();
  await page.locator('#slot-a .prompt').waitFor();
  await page.goForward();
  await waitForRun(page, 'a');
  await page.locator('#slot-b .prompt').waitFor();
  await run(page, 'b');
  assert.deepEqual(problems, []);
});

test('several orders are branches under one click', async () => {
  const { page } = await stage.open('?report=off&orders=3');
  await run(page, 'a');
  const names = await rowsIn(page, 'a');
  assert.equal(names.filter((name) => name === 'POST /orders').length, 3);
  assert.equal(names.filter((name) => name === 'process orders').length, 3);
});

test('document, Job and pod show what they carried, with ids marked', async () => {
  const { page } = await stage.open();
  await run(page, 'a');
  const document = page.locator('#slot-a .card[data-carrier=document]');
  const runId = new URL(page.url()).searchParams.get('a');
  const traceparent = document.locator('dt:text("context.traceparent") + dd');
  assert.equal(await traceparent.locator('mark.trace').innerText(), runId);
  assert.match((await traceparent.locator('mark.span').getAttribute('title')) ?? '', /writer · send orders/);
  const launched = await parentOf(page, 'run report-job');
  const job = page.locator('#slot-a .card[data-carrier=job]');
  assert.equal(await job.locator('dt:text("env TRACEPARENT") + dd mark.span').innerText(), launched);
  assert.match(await job.innerText(), /annotation tracing\.k8s\.io\/traceparent/);
  assert.doesNotMatch(await job.innerText(), /MONGODB_URI/);
  const pod = page.locator('#slot-a .card[data-carrier=pod]');
  assert.equal(await pod.locator('dt:text("TRACEPARENT") + dd mark.span').innerText(), launched);
  await job.getByRole('button', { name: 'launch report-job' }).click();
  assert.match(await page.locator('#span-title').innerText(), /launch report-job/);
});

/** Returns the parent span id of a span in slot A, as the span's details show it. */
async function parentOf(page: Page, name: string): Promise<string> {
  await page.locator('#slot-a .span-row', { hasText: name }).last().click();
  const id = await page.locator('dialog dt:text("parent span id") + dd').innerText();
  await page.keyboard.press('Escape');
  return id;
}

test('failed attempts are spans of their own with a link back', async () => {
  const { page } = await stage.open('?report=off&failTimes=1');
  await run(page, 'a');
  assert.equal(await page.locator('#slot-a .span-row.failed', { hasText: 'process orders' }).count(), 1);
  assert.equal(
    await page.locator('#slot-a .attempt', { hasText: 'attempt 2' }).count(),
    2,
    'the wait and the attempt',
  );
  await page.locator('#slot-a .note-link', { hasText: 'process orders, attempt 1' }).waitFor();
  await page.locator('#slot-a .note-error', { hasText: 'fails on purpose' }).waitFor();
});

test('of linked attempts the one that led on is followed', async () => {
  const { page } = await stage.open('?failTimes=1&shape=link');
  await run(page, 'a');
  assert.equal(await verdictIn(page, 'a'), 'Three traces, linked');
  assert.equal(await crossingIn(page, 'a', 'document'), 'linked');
  assert.equal(await page.locator('#slot-a .j-edge[data-crossing=joined]').count(), 3);
  assert.ok((await page.locator('#slot-a .link-lines i').count()) >= 2, 'links between traces are drawn');
});

test('a slow handler is seen as its length', async () => {
  const { page } = await stage.open('?report=off&handlerMs=600');
  await run(page, 'a');
  const text = await page
    .locator('#slot-a .span-row', { hasText: 'process orders' })
    .locator('.length')
    .innerText();
  const ms = text.endsWith(' ms') ? Number.parseFloat(text) : Number.parseFloat(text) * 1_000;
  assert.ok(ms >= 600 && ms < 5_000, text);
});

for (const [fault, end] of [
  ['crash', 'Error (1)'],
  // The stand-in has no memory limits, and so never reports OOMKilled.
  ['oom', 'Error (137)'],
] as const) {
  test(`the end of a job by ${fault} is in the trace, which is not called whole`, async () => {
    const { page } = await stage.open(`?jobFault=${fault}`);
    await page.click('#run');
    await page.locator('#slot-a .span-row.failed', { hasText: 'observe report-job' }).first().waitFor();
    assert.equal(await page.locator('#slot-a .trace-row').count(), 1);
    await page.locator('#slot-a[data-tone=running] .verdict', { hasText: 'Retrying (2 of 3)' }).waitFor();
    await page.locator('#slot-a .explain', { hasText: `A pod failed: ${end}.` }).waitFor();
  });
}

test('twenty orders of one click are one trace, and no carrier is accused', async () => {
  const { page } = await stage.open('?orders=20');
  await page.click('#run');
  await waitForRun(page, 'a', 120_000);
  assert.equal(await verdictIn(page, 'a'), 'One trace');
  assert.equal(await page.locator('#slot-a .j-edge[data-crossing=joined]').count(), 4);
  for (const carrier of ['document', 'job', 'pod'])
    await page.locator(`#slot-a .card[data-carrier=${carrier}][data-finding=carries]`).waitFor();
});

test('markup and references of a caller stay text from the endpoint to the pod', async () => {
  const customer = `<img src=x onerror="document.title='broken'">javascript:alert(1)\u202E`;
  // A tracestate may contain all of these characters: https://www.w3.org/TR/trace-context-2/#value
  const state = `v1=<svg/onload>javascript:alert(1)$(MONGODB_URI),v2="'><script>1</script>`;
  const traceId = 'abcdef'.padEnd(32, '1');
  const response = await fetch(`${stage.system.urls.writer}/orders`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      traceparent: `00-${traceId}-${'1'.repeat(16)}-01`,
      tracestate: state,
      baggage: 'evil=%3Cscript%3E1%3C%2Fscript%3E,demo.customer.tier=%3Cb%3E',
    },
    body: JSON.stringify({ customer, report: true, items: [{ sku: '<b>', quantity: 1, unitPriceCents: 1 }] }),
  });
  assert.equal(response.status, 202);
  const { page, problems } = await stage.open(`?a=${traceId}`);
  await waitForRun(page, 'a');
  const value = (carrier: string, name: string) =>
    page.locator(`#slot-a .card[data-carrier=${carrier}] dt:text-is("${name}") + dd`).innerText();
  assert.match(await value('document', 'customer'), /^<img src=x onerror=.*javascript:alert\(1\)/);
  assert.equal(await value('document', 'context.tracestate'), state);
  assert.equal(await value('document', 'context.baggage'), 'demo.customer.tier=standard');
  assert.equal(await value('job', 'env TRACESTATE'), state.replace('$', '$$$$'), 'escaped for the kubelet');
  assert.equal(await value('job', 'annotation tracing.k8s.io/tracestate'), state);
  assert.equal(await value('pod', 'TRACESTATE'), state, 'the pod sees the text, and not the secret it names');
  await page.locator('#slot-a .span-row', { hasText: 'run report-job' }).click();
  const details = await page.locator('#span-details').innerText();
  assert.ok(details.includes(state), 'in the details of the span');
  assert.doesNotMatch(details, /mongodb:\/\//);
  assert.equal(await page.locator('main :is(img, svg, script), dialog :is(img, svg, script)').count(), 0);
  assert.match(await page.title(), /Beyond Headers/);
  assert.deepEqual(problems, []);
});
