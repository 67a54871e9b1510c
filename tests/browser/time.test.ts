import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { heldRun, joinedRun } from './support/example-run.ts';
import { setStubStage } from './support/stub-stage.ts';

const stage = setStubStage();

const openRun = async (): Promise<Page> => {
  const { traceId, show } = stage;
  const { page } = await show(joinedRun(traceId));
  return page;
};

const row = (page: Page, name: string) => page.locator('#slot-a .span-row', { hasText: name });
const barOf = async (page: Page, name: string) =>
  (await row(page, name).first().locator('.bar').boundingBox())!;
const axisOf = (page: Page) => page.locator('#slot-a .axis-scale').innerText();
/** Returns the share of the axis that the work before the wait takes up. */
const shareOf = async (page: Page): Promise<number> => {
  const axis = (await page.locator('#slot-a .axis-scale').boundingBox())!;
  const click = await barOf(page, 'click Run');
  return click.width / axis.width;
};

test('a long wait is cut out, says its length, and can be shown', async () => {
  const page = await openRun();
  assert.match(await axisOf(page), /↔ 2\.95 s/);
  assert.equal(await page.locator('#slot-a .cuts .cut').count(), 1);
  assert.match(await row(page, 'run report-job').innerText(), /waits 3\.14 s/);
  const cut = await shareOf(page);
  await page.getByRole('button', { name: 'Cut long waits' }).click();
  assert.equal(await page.locator('#slot-a .cuts .cut').count(), 0);
  assert.doesNotMatch(await axisOf(page), /↔/);
  const whole = await shareOf(page);
  assert.ok(cut > 0.35 && whole < 0.1, `${cut} of the axis, ${whole} without the cut`);
});

test('the pauses of a held order are gaps with their lengths', async () => {
  const { traceId, show } = stage;
  const { page } = await show(heldRun(traceId, 20 * 60_000));
  assert.equal((await axisOf(page)).match(/↔ 19m 59s|↔ 20m 00s/g)?.length, 2);
  const texts = await row(page, 'wait orders').locator('.length').allInnerTexts();
  assert.deepEqual(
    texts.map((text) => /waits (?:19m 59s|20m 00s)/.test(text)),
    [false, true, true],
  );
  const segments = await row(page, 'process orders').locator('.bar').all();
  const lefts = await Promise.all(segments.map(async (bar) => (await bar.boundingBox())!));
  for (const [index, { x, y }] of lefts.entries())
    if (index > 0)
      assert.ok(
        x > lefts[index - 1]!.x + 20 && y > lefts[index - 1]!.y,
        'right of the one before, and below',
      );
});

test('a zoom keeps work in sight, and draws nothing outside', async () => {
  const page = await openRun();
  for (let press = 0; press < 6; press++) await page.getByRole('button', { name: 'Zoom in' }).click();
  const bars = await page.locator('#slot-a .bar').count();
  assert.ok(bars > 0, 'something works in what is seen');
  assert.ok(bars < 18, 'what is not seen has no bar');
  assert.ok(
    (await page.locator('#slot-a .length:is(.before, .after)').count()) > 0,
    'but its length, and its side',
  );
});

test('a span is zoomed to from edge to edge', async () => {
  const page = await openRun();
  await row(page, 'process orders').click();
  await page.keyboard.press('z');
  const axis = (await page.locator('#slot-a .axis-scale').boundingBox())!;
  const bar = await barOf(page, 'process orders');
  assert.ok(bar.width / axis.width > 0.75, `${bar.width} of ${axis.width} pixels`);
  assert.ok(bar.x > axis.x && bar.x + bar.width < axis.x + axis.width);
  await page.keyboard.press('0');
  await page.getByRole('button', { name: 'Zoom to it' }).click();
  assert.ok((await barOf(page, 'process orders')).width / axis.width > 0.6, 'by the details as well');
});

test('the minimap chooses by a drag and moves by its frame', async () => {
  const page = await openRun();
  const map = (await page.locator('#slot-a .minimap').boundingBox())!;
  const before = await barOf(page, 'click Run');
  await drag(page, map, 0, 0.25);
  const chosen = await barOf(page, 'click Run');
  assert.ok(chosen.width > before.width * 1.8, 'the first quarter has the whole width');
  await drag(page, map, 0.1, 0.5);
  const frame = (await page.locator('#slot-a .minimap-frame').boundingBox())!;
  assert.ok(Math.abs(frame.x - map.x - 0.4 * map.width) < 8, 'the frame went with the pointer');
  assert.ok(Math.abs(frame.width - 0.25 * map.width) < 8, 'and is as wide as before');
  assert.equal(
    await row(page, 'click Run').locator('.bar').count(),
    0,
    'so that the first span is out of sight',
  );
  await page.getByRole('button', { name: 'Fit the whole time' }).click();
  assert.equal(Math.round((await barOf(page, 'click Run')).width), Math.round(before.width));
});

test('however often the pointer moves, the time is drawn once a frame', async () => {
  const page = await openRun();
  const drawn = await page.evaluate<number>(`new Promise((resolve) => {
    const map = document.querySelector('#slot-a .minimap');
    const { left, top, width } = map.getBoundingClientRect();
    const send = (type, share) =>
      map.dispatchEvent(new PointerEvent(type, { pointerId: 1, bubbles: true, clientX: left + share * width, clientY: top + 2 }));
    map.setPointerCapture = () => {};
    let drawn = 0;
    new MutationObserver((records) => (drawn += records.length)).observe(
      document.querySelector('#slot-a .axis-scale'),
      { childList: true },
    );
    send('pointerdown', 0);
    for (let move = 0; move < 50; move++) send('pointermove', 0.3 + move / 200);
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(drawn)));
  })`);
  assert.equal(drawn, 2, 'the first move at once, and the last one with the next frame');
  const frame = (await page.locator('#slot-a .minimap-frame').boundingBox())!;
  const map = (await page.locator('#slot-a .minimap').boundingBox())!;
  assert.ok(Math.abs(frame.width / map.width - 0.545) < 0.03, 'up to where the pointer came last');
});

type Box = { x: number; y: number; width: number; height: number };

async function drag(page: Page, { x, y, width, height }: Box, from: number, to: number): Promise<void> {
  await page.mouse.move(x + 1 + from * width, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + 1 + ((from + to) / 2) * width, y + height / 2);
  await page.mouse.move(x + 1 + to * width, y + height / 2);
  await page.mouse.up();
}
