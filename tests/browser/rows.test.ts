import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinedRun, linkedRun, manyOrders } from './support/example-run.ts';
import { rowsIn, waitForRun } from './support/page.ts';
import { idOf, setStubStage } from './support/stub-stage.ts';

const stage = setStubStage();

test('many orders are a row each, which a click or a key opens', async () => {
  const { traceId, show } = stage;
  const { page } = await show(manyOrders(traceId, 20));
  assert.equal((await rowsIn(page, 'a')).length, 22, 'the head, the click, and twenty orders');
  const first = page.locator('#slot-a .span-row').nth(1);
  assert.match(await first.innerText(), /17 spans/);
  await first.click();
  const opened = await rowsIn(page, 'a');
  assert.deepEqual(opened.slice(2, 5), ['POST /orders', 'send orders', 'update orders']);
  assert.equal(await page.locator('dialog[open]').count(), 0, 'a folded row opens, and nothing else');
  await page.keyboard.press('ArrowLeft');
  assert.equal((await rowsIn(page, 'a')).length, 22, 'folded again');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const rowCount = await page.locator('#slot-a .grid').getAttribute('aria-rowcount');
  assert.equal(rowCount, '38', 'opened by Enter: sixteen spans more');
});

test('requests say where they go', async () => {
  const { traceId, show } = stage;
  const { page } = await show(joinedRun(traceId));
  const posts = (await rowsIn(page, 'a')).filter((name) => name.startsWith('POST →'));
  assert.deepEqual(posts, ['POST → job-launcher', 'POST → Kubernetes']);
});

test('links are arcs beside the rows, over no text', async () => {
  const { traceId, otherId, show } = stage;
  const { page } = await show(linkedRun(traceId, otherId), `?a=${otherId}`);
  const arc = await page.locator('#slot-a .link-lines i').boundingBox();
  const slot = await page.locator('#slot-a').boundingBox();
  assert.ok(arc && slot && arc.height > 60 && arc.x >= slot.x + 4, 'all of it is seen');
  const texts = page.locator('#slot-a :is(.toggle, .badge, .name, .note-text, .trace-cell > *)');
  for (const text of await texts.all()) {
    const box = await text.boundingBox();
    const isInRows = box && box.y + box.height > arc.y && box.y < arc.y + arc.height;
    if (isInRows) assert.ok(box.x >= arc.x + arc.width - 1, `${await text.innerText()} at ${box.x}`);
  }
});

test('the rows scroll with the page, below a head that stays', async () => {
  const { span, show } = stage;
  const { page } = await show(Array.from({ length: 200 }, (_, index) => span(index + 1)));
  assert.deepEqual(await page.evaluate(scrollers), [], 'nothing in the run scrolls of itself');
  await page.locator('#slot-a .trace-row').focus();
  await page.keyboard.press('End');
  const last = await page.locator(':focus').boundingBox();
  const head = await page.locator('#slot-a .axis').boundingBox();
  assert.ok(last && head && last.y >= head.y + head.height && last.y + last.height <= 801);
  assert.ok(Math.abs(head.y) < 1, 'the axis is at the top of the window');
  await page.keyboard.press('Home');
  const first = await page.locator(':focus').boundingBox();
  const headNow = await page.locator('#slot-a .axis').boundingBox();
  assert.ok(first && headNow && first.y >= headNow.y + headNow.height - 1, 'the head covers no row');
});

const scrollers = `[...document.querySelectorAll('#slot-a *')]
  .filter((element) => element.scrollHeight > element.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(element).overflowY))
  .map((element) => element.className)`;

test('details of a span leave the runs in sight and in use', async () => {
  const { traceId, span, show } = stage;
  const { page } = await show(
    [span(1), span(2), span(3, { parentSpanId: idOf(2) })],
    `?a=${traceId}&b=${traceId}`,
  );
  await waitForRun(page, 'b');
  await page.locator('#slot-a .span-row').nth(1).click();
  const details = (await page.locator('dialog[open]').boundingBox())!;
  for (const slot of ['a', 'b']) {
    const run = (await page.locator(`#slot-${slot}`).boundingBox())!;
    assert.ok(run.width > 300 && run.x + run.width <= details.x, `run ${slot} ends at ${run.x + run.width}`);
  }
  assert.equal(await page.locator('#span-title').innerText(), 'span 2');
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.locator('#span-title').innerText(), 'span 3', 'they follow the rows');
  await page.locator('#slot-b .span-row').first().click();
  assert.equal(await page.locator('#span-title').innerText(), 'span 1', 'of either run');
});

const attempt = (number: number) => ({
  name: 'run report-job',
  attributes: { 'demo.attempt': String(number) },
});

test('attempts at the same work say which they are', async () => {
  const { span, show } = stage;
  const { page } = await show([
    span(1, { attributes: { 'demo.attempt': '1' } }),
    span(2, attempt(1)),
    span(3, attempt(2)),
  ]);
  assert.deepEqual(await page.locator('#slot-a .attempt').allInnerTexts(), ['attempt 1', 'attempt 2']);
});
