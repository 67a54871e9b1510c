import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startLocalSystem, type LocalSystem } from '@beyond-headers/supervisor';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './support/chromium.ts';
import { openPage, run, rowsIn, setSwitch, waitForRun } from './support/page.ts';

let system: LocalSystem;
let browser: Browser;

before(async () => {
  system = await startLocalSystem();
  browser = await launchChromium();
});

after(async () => {
  await browser?.close();
  await system?.stop();
});

const verdict = (page: Page, slot: 'a' | 'b') => page.locator(`#slot-${slot} .verdict`).innerText();
const crossing = (page: Page, slot: 'a' | 'b', carrier: string) =>
  page.locator(`#slot-${slot} .j-edge[data-carrier=${carrier}]`).first().getAttribute('data-crossing');
const traceHeads = async (page: Page, slot: 'a' | 'b') =>
  (await rowsIn(page, slot)).filter((row) => row === 'trace').length;

test('one click grows one trace, the second stands beside it broken', async () => {
  const { page, problems } = await openPage(browser, system.urls.playground);
  await page.click('#run');
  // Live: the first spans are there before the last service has started.
  await page.waitForSelector('#slot-a .span-row');
  assert.equal(await page.locator('#slot-a .span-row.service-report-job').count(), 0);
  await page.waitForSelector('#slot-a .span-row.service-report-job', { timeout: 15_000 });
  await waitForRun(page, 'a');
  assert.equal(await verdict(page, 'a'), 'One trace');
  assert.equal(await traceHeads(page, 'a'), 1);
  const services = await page.locator('#slot-a .j-stop[data-trace="1"]').count();
  assert.equal(services, 5, 'all five services are in trace 1');

  await setSwitch(page, 'document', false);
  await run(page, 'b');
  assert.equal(await verdict(page, 'a'), 'One trace');
  assert.equal(await verdict(page, 'b'), 'Two traces');
  assert.equal(await crossing(page, 'b', 'document'), 'cut');
  assert.equal(await crossing(page, 'b', 'job'), 'joined');
  assert.match(await page.locator('#slot-b .chips').innerText(), /document carrier off/);
  assert.deepEqual(problems, []);
});

const PICTURES = [
  { query: '?job=off', verdict: 'Two traces', traces: 2, document: 'joined', job: 'cut' },
  { query: '?document=off&job=off', verdict: 'Three traces', traces: 3, document: 'cut', job: 'cut' },
  { query: '?shape=link', verdict: 'Two traces, linked', traces: 2, document: 'linked', job: 'joined' },
  { query: '?shape=parent%2Blink', verdict: 'One trace', traces: 1, document: 'joined', job: 'joined' },
  { query: '?report=off', verdict: 'One trace', traces: 1, document: 'joined', job: 'not taken' },
];

for (const picture of PICTURES) {
  test(`the address ${picture.query} sets the switches and their picture`, async () => {
    const { page } = await openPage(browser, system.urls.playground + picture.query);
    await run(page, 'a');
    assert.equal(await verdict(page, 'a'), picture.verdict);
    assert.equal(await traceHeads(page, 'a'), picture.traces);
    assert.equal(await crossing(page, 'a', 'document'), picture.document);
    assert.equal(await crossing(page, 'a', 'job'), picture.job);
    await page.context().close();
  });
}

test('the root of the trace is the click', async () => {
  const { page } = await openPage(browser, `${system.urls.playground}?report=off`);
  await run(page, 'a');
  const first = page.locator('#slot-a .span-row').first();
  assert.match(await first.innerText(), /click Run/);
  assert.equal(await page.locator('#slot-a .note-orphan').count(), 0);
  const traceId = new URL(page.url()).searchParams.get('a') ?? '';
  const { status } = await fetch(`${system.urls.traces}/api/v3/traces/${traceId}`);
  assert.equal(status, 200);
});

test('several orders are branches under one click', async () => {
  const { page } = await openPage(browser, `${system.urls.playground}?report=off&orders=3`);
  await run(page, 'a');
  const names = await rowsIn(page, 'a');
  assert.equal(names.filter((name) => name === 'POST /orders').length, 3);
  assert.equal(names.filter((name) => name === 'process orders').length, 3);
});

test('the document and its absence are shown with ids marked', async () => {
  const { page } = await openPage(browser, `${system.urls.playground}?report=off`);
  await run(page, 'a');
  const card = page.locator('#slot-a .card[data-carrier=document]');
  await card.locator('mark.trace').first().waitFor();
  const runId = new URL(page.url()).searchParams.get('a');
  assert.equal(await card.locator('dt:text("context.traceparent") + dd mark.trace').innerText(), runId);
  assert.match((await card.locator('mark.span').first().getAttribute('title')) ?? '', /writer · send orders/);
  await setSwitch(page, 'document', false);
  await run(page, 'b');
  await page.locator('#slot-b .card[data-carrier=document][data-carries=no]').waitFor();
});

test('the Job and the pod show what they carried', async () => {
  const { page } = await openPage(browser, system.urls.playground);
  await run(page, 'a');
  const launched = await parentOf(page, 'run report-job');
  const job = page.locator('#slot-a .card[data-carrier=job]');
  assert.equal(await job.locator('dt:text("env TRACEPARENT") + dd mark.span').innerText(), launched);
  assert.match(await job.innerText(), /annotation tracing\.k8s\.io\/traceparent/);
  assert.doesNotMatch(await job.innerText(), /MONGODB_URI/);
  const pod = page.locator('#slot-a .card[data-carrier=pod]');
  assert.equal(await pod.locator('dt:text("TRACEPARENT") + dd mark.span').innerText(), launched);

  await setSwitch(page, 'job', false);
  await run(page, 'b');
  await page.locator('#slot-b .card[data-carrier=job][data-carries=no]').waitFor();
  await page.locator('#slot-b .card[data-carrier=pod][data-carries=no]').waitFor();
  await page.locator('#slot-b .card[data-carrier=document][data-carries=yes]').waitFor();
});

/** The parent span id of a span in slot A, as its details tell. */
async function parentOf(page: Page, name: string): Promise<string> {
  await page.locator('#slot-a .span-row', { hasText: name }).last().click();
  const id = await page.locator('dialog dt:text("parent span id") + dd').innerText();
  await page.keyboard.press('Escape');
  return id;
}

test('failed attempts are spans of their own with a link back', async () => {
  const { page } = await openPage(browser, `${system.urls.playground}?report=off&failTimes=1`);
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

test('a slow handler is seen as its length', async () => {
  const { page } = await openPage(browser, `${system.urls.playground}?report=off&handlerMs=600`);
  await run(page, 'a');
  const text = await page
    .locator('#slot-a .span-row', { hasText: 'process orders' })
    .locator('.length')
    .innerText();
  const ms = text.endsWith(' ms') ? Number.parseFloat(text) : Number.parseFloat(text) * 1_000;
  assert.ok(ms >= 600 && ms < 5_000, text);
});

for (const fault of ['crash', 'oom']) {
  test(`the end of a job by ${fault} is in the trace`, async () => {
    const { page } = await openPage(browser, `${system.urls.playground}?jobFault=${fault}`);
    await page.click('#run');
    await page.locator('#slot-a .span-row.failed', { hasText: 'observe report-job' }).first().waitFor();
    assert.equal(await page.locator('#slot-a .trace-row').count(), 1);
    await page.context().close();
  });
}

test('another person sees the same two runs by the address', async () => {
  const { page } = await openPage(browser, `${system.urls.playground}?report=off&document=off`);
  await run(page, 'a');
  await setSwitch(page, 'document', true);
  await run(page, 'b');
  const { page: other } = await openPage(browser, page.url());
  await waitForRun(other, 'a');
  await waitForRun(other, 'b');
  assert.equal(await verdict(other, 'a'), 'Two traces');
  assert.equal(await verdict(other, 'b'), 'One trace');
  assert.equal(await other.locator('input[name=report]').isChecked(), false);
  assert.deepEqual(await rowsIn(other, 'a'), await rowsIn(page, 'a'));
});

test('a run goes on over a restart of the playground', async () => {
  const { page } = await openPage(browser, system.urls.playground);
  await page.click('#run');
  await page.waitForSelector('#slot-a .span-row');
  await system.restart('playground');
  await waitForRun(page, 'a');
  assert.equal(await verdict(page, 'a'), 'One trace');
  assert.match(await page.locator('#slot-a .chips').innerText(), /everything on/);
  assert.equal(await page.locator('#slot-a .warning').count(), 0);
  const names = await rowsIn(page, 'a');
  assert.equal(names.filter((name) => name === 'click Run').length, 1, 'no span is shown twice');
});

test('markup of a customer stays text in every place', async () => {
  const hostile = `<img src=x onerror="document.title='broken'">javascript:alert(1)\u202E`;
  const response = await fetch(`${system.urls.writer}/orders`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      tracestate: 'evil=<script>1</script>',
      baggage: 'evil=%3Cscript%3E1%3C%2Fscript%3E',
    },
    body: JSON.stringify({ customer: hostile, items: [{ sku: '<b>', quantity: 1, unitPriceCents: 1 }] }),
  });
  const { traceId } = (await response.json()) as { traceId: string };
  const { page, problems } = await openPage(browser, `${system.urls.playground}?a=${traceId}`);
  await waitForRun(page, 'a');
  const card = page.locator('#slot-a .card[data-carrier=document]');
  await card.locator('dd', { hasText: 'onerror' }).waitFor();
  assert.equal(await page.locator('main img, main script').count(), 0);
  assert.match(await page.title(), /Beyond Headers/);
  assert.deepEqual(problems, []);
});
