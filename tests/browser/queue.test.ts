import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { setDemoStage } from './support/demo-stage.ts';
import { rowsIn, verdictIn, waitForRun } from './support/page.ts';

const stage = setDemoStage({ env: { poller: { MAX_ATTEMPTS: '1' } } });

async function openQueue() {
  const opened = await stage.open();
  await opened.page.click('#queue-toggle');
  await opened.page.waitForSelector('.q-chart');
  return opened;
}

/** Waits until a chart's current value matches a pattern. */
const shows = (page: Page, chart: string, value: RegExp) =>
  page.locator(`[data-chart="${chart}"] b`, { hasText: value }).waitFor();

async function place(order: object = {}): Promise<string> {
  const response = await fetch(`${stage.system.urls.writer}/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      customer: 'ada',
      items: [{ sku: 'lamp', quantity: 1, unitPriceCents: 1 }],
      ...order,
    }),
  });
  assert.equal(response.status, 202);
  return ((await response.json()) as { orderId: string }).orderId;
}

test('the strip shows what waits, what is held and how long orders take', async () => {
  const { page, problems } = await openQueue();
  await place({ approval: true });
  await shows(page, 'Held or waiting', /^1$/);
  await place({ demo: { handlerMs: 3_000 } });
  await shows(page, 'Processing', /^1$/);
  await shows(page, 'Processing', /^0$/);
  await shows(page, 'Latency', /p99 3\.\d* s, p50 3\.\d* s/);
  const line = await page.locator('[data-chart="Processing"] path').getAttribute('d');
  assert.match(line ?? '', /^M[\d. ]+(L[\d. ]+){2,}$/, 'one line, without a gap');
  assert.deepEqual(problems, []);
});

test('the poller is paused and goes on, and nothing is lost', async () => {
  const { page, problems } = await openQueue();
  await page.getByRole('button', { name: 'Pause the poller' }).click();
  await page.locator('.q-state', { hasText: 'Paused' }).waitFor();
  await Promise.all([place(), place()]);
  await shows(page, 'Pending', /^2$/);
  await shows(page, 'Oldest due', /[1-9].* s/);
  await page.getByRole('button', { name: 'Resume the poller' }).click();
  await shows(page, 'Pending', /^0$/);
  await shows(page, 'Oldest due', /^0/);
  assert.equal(await page.locator('.q-state').innerText(), '');
  assert.deepEqual(problems, []);
});

test('a load has a dot for each order, which opens its trace', async () => {
  const { page, problems } = await openQueue();
  await page.fill('#q-rate', '5');
  await page.fill('#q-seconds', '2');
  await page.getByRole('button', { name: 'Start' }).click();
  await page.locator('.q-note', { hasText: 'All orders are placed: 10 taken, 10 ended.' }).waitFor();
  assert.equal(await page.locator('.q-dot').count(), 10);
  await page.locator('.q-dot').nth(3).click();
  await waitForRun(page, 'a');
  assert.equal(await verdictIn(page, 'a'), 'One trace');
  assert.ok((await rowsIn(page, 'a')).includes('process orders'));
  assert.equal(await page.locator('.q-slowest a').count(), 5, 'by keyboard too');
  assert.deepEqual(problems, []);
});

test('a load can be stopped, and a too large one is refused', async () => {
  const { page } = await openQueue();
  await page.fill('#q-rate', '50');
  await page.fill('#q-seconds', '60');
  await page.getByRole('button', { name: 'Start' }).click();
  await page.locator('.q-note', { hasText: 'expected 1000 orders at most' }).waitFor();
  await page.fill('#q-rate', '4');
  await page.getByRole('button', { name: 'Start' }).click();
  await page.locator('.q-note', { hasText: /Placing orders: [1-9]/ }).waitFor();
  const second = await fetch(`${stage.system.urls.playground}/api/load`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ perSecond: 1, seconds: 1 }),
  });
  assert.equal(second.status, 409, 'one at a time');
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.locator('.q-note', { hasText: /All orders are placed: \d\d? taken/ }).waitFor();
});

test('a dead letter is requeued from the page, in a trace that links to the old one', async () => {
  const { page, problems } = await openQueue();
  const orderId = await place({ demo: { failTimes: 1 } });
  const letter = page.locator('.q-letters li', { hasText: orderId });
  await letter.filter({ hasText: 'fails on purpose' }).waitFor();
  await shows(page, 'Failed', /^1$/);
  await page.getByRole('button', { name: `Requeue order ${orderId}` }).click();
  await page.getByRole('link', { name: 'Show its new trace' }).click();
  await page.locator('#slot-a .span-row', { hasText: 'requeue orders' }).first().waitFor();
  await waitForRun(page, 'a');
  const names = await rowsIn(page, 'a');
  assert.equal(names.filter((name) => name === 'trace').length, 2, 'the new trace and the old one');
  assert.ok(names.includes('send orders'), 'the old one is found by the link');
  assert.deepEqual(problems, []);
});
