import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setDemoStage } from './support/demo-stage.ts';
import { watchShifts } from './support/figures.ts';
import { crossingIn, focused, load, openPage, rowsIn, run, verdictIn, waitForRun } from './support/page.ts';

/** The time budget from the click to the joined trace of all services. */
const MAX_MS = 5_000;
const CLICKS = 3;
const MAX_SHIFT = 0.05;

const stage = setDemoStage();

test('one click shows the joined trace of all services within five seconds', async () => {
  const times: number[] = [];
  for (let click = 0; click < CLICKS; click++) {
    const { page, problems } = await stage.open();
    const clickedAt = performance.now();
    await page.click('#run');
    await page.waitForSelector('#slot-a[data-tone=joined]:has(.j-stop[data-trace="1"]:last-child)');
    times.push(performance.now() - clickedAt);
    assert.equal(await page.locator('#slot-a .j-stop[data-trace="1"]').count(), 5, 'all in trace 1');
    assert.deepEqual(problems, []);
    await page.context().close();
  }
  const median = times.toSorted((a, b) => a - b)[1] ?? Infinity;
  console.log(`joined after ${times.map((ms) => Math.round(ms)).join(', ')} ms`);
  assert.ok(median <= MAX_MS, `joined after ${median} ms`);
});

for (const [device, viewport] of [
  ['laptop', { width: 1_280, height: 800 }],
  ['phone', { width: 360, height: 740 }],
] as const) {
  test(`a trace grows on a ${device} without moving what is there`, async () => {
    const { page } = await stage.open('', { viewport });
    const shifts = await watchShifts(page);
    await page.keyboard.press('r');
    // The page updates live: the first spans appear before the last service has started.
    await page.waitForSelector('#slot-a .span-row');
    assert.equal(await page.locator('#slot-a .span-row.service-report-job').count(), 0);
    assert.equal(await verdictIn(page, 'a'), 'Running');
    await waitForRun(page, 'a');
    assert.equal(await verdictIn(page, 'a'), 'One trace');
    const shift = await shifts();
    console.log(`layout shift of a growing trace on a ${device}: ${shift.toFixed(4)}`);
    assert.ok(shift <= MAX_SHIFT, `layout shift of ${shift}`);
  });
}

test('the second run stands beside the first, by keyboard alone', async () => {
  const { page, problems } = await stage.open();
  await page.keyboard.press('r');
  await waitForRun(page, 'a');
  for (let presses = 0; presses < 10; presses++) {
    await page.keyboard.press('Tab');
    if ((await page.locator('input[name=document]:focus').count()) > 0) break;
  }
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'Run');
  await page.keyboard.press('Enter');
  await waitForRun(page, 'b');
  assert.deepEqual([await verdictIn(page, 'a'), await verdictIn(page, 'b')], ['One trace', 'Two traces']);
  assert.equal(await crossingIn(page, 'b', 'document'), 'cut');
  assert.match(await page.locator('#slot-b .chips').innerText(), /document carrier off/);
  assert.match(await page.locator('#slot-a .chips').innerText(), /everything on/);
  assert.deepEqual(problems, []);
});

test('both runs fit into the first view of a laptop', async () => {
  const { page } = await stage.open('?document=off');
  await run(page, 'a');
  const last = await page.locator('#slot-a .grid [role=row]').last().boundingBox();
  assert.ok(last && last.y + last.height <= 800, `the last row ends at ${last && last.y + last.height}`);
  assert.equal((await rowsIn(page, 'a')).length, 20);
});

test('another person sees the same two runs by the address', async () => {
  const { page } = await stage.open('?report=off&document=off');
  await run(page, 'a');
  await load(page, page.url().replace('document=off', 'document=stale'));
  await run(page, 'b');
  const { page: other } = await openPage(stage.browser, page.url());
  for (const slot of ['a', 'b'] as const) {
    await waitForRun(other, slot);
    assert.deepEqual(await rowsIn(other, slot), await rowsIn(page, slot));
  }
  assert.deepEqual(
    [await verdictIn(other, 'a'), await verdictIn(other, 'b')],
    ['Two traces', 'The wrong trace'],
  );
  assert.match(await other.locator('#slot-b .chips').innerText(), /stale context/);
  assert.equal(await other.locator('input[name=report]').isChecked(), false);
  assert.equal(await other.locator('select[name=documentPitfall]').inputValue(), 'stale');
});

test('a run goes on over a restart of the playground', async () => {
  const { page } = await stage.open();
  await page.click('#run');
  await page.waitForSelector('#slot-a .span-row');
  await stage.system.restart('playground');
  await waitForRun(page, 'a');
  assert.equal(await verdictIn(page, 'a'), 'One trace');
  assert.match(await page.locator('#slot-a .chips').innerText(), /everything on/);
  assert.equal(await page.locator('#slot-a .warning').count(), 0);
  const names = await rowsIn(page, 'a');
  assert.equal(names.filter((name) => name === 'click Run').length, 1, 'no span is shown twice');
});
