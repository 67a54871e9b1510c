import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { setDemoStage } from './support/demo-stage.ts';
import { rowsIn, run, verdictIn, waitForRun } from './support/page.ts';

/* Runs each scenario with steps from the page: starts the order, and resumes it. */

const stage = setDemoStage();

/** Tall enough for three traces, because the page draws only the rows in view. */
const TALL = { viewport: { width: 1280, height: 2_400 } };

const open = (query: string) => stage.open(`?report=off&${query}`, TALL);

const tracesIn = async (page: Page): Promise<number> =>
  (await rowsIn(page, 'a')).filter((name) => name === 'trace').length;

const attemptsIn = async (page: Page): Promise<number> =>
  (await rowsIn(page, 'a')).filter((name) => name === 'process orders').length;

const levelsOf = (page: Page, hasText: string): Promise<number[]> =>
  page
    .locator('#slot-a .span-row', { hasText })
    .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('aria-level'))));

async function approve(page: Page, which: string): Promise<void> {
  await page.locator('#slot-a .decision', { hasText: `approval ${which}` }).waitFor();
  await page.locator('#slot-a .decision button', { hasText: 'Approve' }).click();
}

test('an order is held, approved twice by a button, and goes on in its trace', async () => {
  const { page, problems } = await open('');
  await page.click('#more-toggle');
  await page.selectOption('select[name=approval]', '2');
  await page.click('#run');
  await approve(page, '1 of 2');
  await approve(page, '2 of 2');
  await waitForRun(page, 'a');
  assert.equal(await page.locator('#slot-a .decision').count(), 0);
  assert.deepEqual([await attemptsIn(page), await tracesIn(page)], [3, 3], 'and a trace for each approval');
  assert.equal(await verdictIn(page, 'a'), 'Three traces, linked');
  assert.equal(await page.locator('#slot-a .scissors').first().isVisible(), false, 'nothing is cut');
  assert.match(await page.locator('#slot-a .chips').innerText(), /2 approvals/);
  assert.deepEqual(problems, []);
});

test('a held order is named, and rejected by a button', async () => {
  const { page, problems } = await open('approval=1');
  await page.click('#run');
  await page.locator('#slot-a .verdict', { hasText: 'Held' }).waitFor();
  await page.locator('#slot-a .decision button', { hasText: 'Reject' }).click();
  await page.locator('#slot-a .span-row', { hasText: 'reject orders' }).waitFor();
  await waitForRun(page, 'a');
  assert.equal(await attemptsIn(page), 1);
  assert.deepEqual(problems, []);
});

test('approved under the approver, the order goes on in the wrong trace', async () => {
  const { page } = await open('approval=1&segment=approver');
  await page.click('#run');
  await approve(page, '1 of 1');
  await waitForRun(page, 'a');
  const names = await rowsIn(page, 'a');
  const second = names.lastIndexOf('trace');
  assert.deepEqual(
    names.slice(second).filter((name) => name === 'process orders'),
    ['process orders'],
    'under the approval',
  );
  assert.match(await page.locator('#slot-a .chips').innerText(), /approver as parent/);
});

test('an order with parts goes on when the last has ended', async () => {
  const { page } = await open('parts=3');
  await run(page, 'a');
  assert.equal(await verdictIn(page, 'a'), 'One trace');
  assert.equal(await attemptsIn(page), 5, 'the order twice, and three parts');
});

test('where the segment is not kept, both segments hang where the order was sent', async () => {
  const { page } = await open('approval=1&segment=off');
  await page.click('#run');
  await approve(page, '1 of 1');
  await waitForRun(page, 'a');
  const [first, second] = await levelsOf(page, 'process orders');
  assert.equal(second, first);
  assert.match(await page.locator('#slot-a .chips').innerText(), /segment not kept/);
});

test('under the last part the order is deeper than the parts are', async () => {
  const { page } = await open('parts=3&join=part');
  await run(page, 'a');
  const levels = await levelsOf(page, 'process orders');
  const [first = 0, ...others] = levels.toSorted((a, b) => a - b);
  assert.ok(Math.max(...others) > first + 2, `levels ${levels.join(', ')}`);
});

test('a recurring order asks for no report, and each run is a trace', async () => {
  const { page, problems } = await stage.open();
  await page.click('#more-toggle');
  await page.selectOption('select[name=runs]', '2');
  assert.equal(await page.locator('input[name=report]').isChecked(), false);
  await run(page, 'a');
  assert.equal(await tracesIn(page), 3);
  assert.equal(await verdictIn(page, 'a'), 'Three traces, linked');
  assert.deepEqual(problems, []);
});

test('an order that starts later waits for its time', async () => {
  const { page } = await open('startsIn=2');
  const clickedAt = Date.now();
  await run(page, 'a');
  assert.ok(Date.now() - clickedAt > 2_000);
  assert.equal(await attemptsIn(page), 1);
  const started = page.locator('#slot-a .span-row', { hasText: 'process orders' });
  assert.match(await started.innerText(), /waits \d+(\.\d+)? s/, 'from the end of what it links to');
});
