import assert from 'node:assert/strict';
import { test } from 'node:test';
import { focused, rowsIn, waitForRun } from './support/page.ts';
import { idOf, setStubStage } from './support/stub-stage.ts';

const stage = setStubStage();

test('everything in the waterfall is reached and done by keyboard', async () => {
  const { span, show } = stage;
  const { page } = await show([span(1), span(2), span(3, { parentSpanId: idOf(2) })]);
  await page.locator('#slot-a .trace-row').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  assert.match(await focused(page), /span 2/);
  await page.keyboard.press('ArrowLeft');
  assert.deepEqual(await rowsIn(page, 'a'), ['trace', 'span 1', 'span 2'], 'folded');
  assert.equal(await page.locator(':focus').getAttribute('aria-expanded'), 'false');
  await page.keyboard.press('ArrowRight');
  assert.deepEqual(await rowsIn(page, 'a'), ['trace', 'span 1', 'span 2', 'span 3']);
  await page.keyboard.press('End');
  assert.match(await focused(page), /span 3/);
  const axis = page.locator('#slot-a .axis-scale');
  for (const key of ['+', '>', '<']) {
    const before = await axis.innerText();
    await page.keyboard.press(key);
    assert.notEqual(await axis.innerText(), before, `${key} zooms or moves`);
  }
  await page.keyboard.press('Enter');
  await page.locator('dialog[open]').waitFor();
  await page.keyboard.press('Escape');
  assert.match(await focused(page), /span 3/, 'the focus is back');
});

test('Back leaves the focus where it is if no span is shown', async () => {
  const { span, show } = stage;
  const { page } = await show([span(1)]);
  await page.locator('#slot-a .span-row').press('Enter');
  await page.locator('dialog[open]').waitFor();
  await page.keyboard.press('Escape');
  assert.match(await focused(page), /span 1/);
  await page.locator('#run').focus();
  await page.evaluate(`new Promise((wentBack) => {
    history.pushState(null, '', location.href);
    addEventListener('popstate', wentBack, { once: true });
    history.back();
  }).then(() => {})`);
  assert.equal(await page.locator(':focus').getAttribute('id'), 'run');
});

test('the focus stays where it is while spans arrive', async () => {
  const { traces, span, open, openRun, endRun } = stage;
  traces.set([openRun()]);
  const { page } = await open();
  await page.locator('#slot-a .span-row').focus();
  traces.set([openRun(), span(2), span(3)]);
  endRun();
  await waitForRun(page, 'a');
  assert.equal((await rowsIn(page, 'a')).length, 4);
  assert.match(await focused(page), /span 1/);
});

test('switches and Run follow in the order of tabs', async () => {
  const { page } = await stage.open('');
  const order: string[] = [];
  for (let presses = 0; presses < 7; presses++) {
    await page.keyboard.press('Tab');
    order.push(
      await page.evaluate<string>(
        'document.activeElement.name || document.activeElement.id || document.activeElement.textContent',
      ),
    );
  }
  assert.deepEqual(order, ['Tutorial', 'queue-toggle', 'theme', 'document', 'job', 'run', 'more-toggle']);
  await page.locator('input[name=document]').press('Space');
  assert.match(page.url(), /document=off/);
  await page.locator('#more-toggle').press('Enter');
  await page.keyboard.press('Tab');
  assert.equal(await page.locator(':focus').getAttribute('name'), 'documentPitfall');
});

test('a carrier has one value whichever control sets it', async () => {
  const { page } = await stage.open('?document=stale');
  await page.click('#more-toggle');
  const pitfall = page.locator('select[name=documentPitfall]');
  const onOff = page.locator('input[name=document]');
  assert.deepEqual([await pitfall.inputValue(), await onOff.isChecked()], ['stale', true]);
  assert.match(await page.locator('#document-hint').innerText(), /copied with the context/);
  await onOff.press('Space');
  assert.equal(await pitfall.inputValue(), 'on', 'off clears the pitfall');
  assert.match(page.url(), /document=off/);
  await pitfall.selectOption('text');
  assert.equal(await onOff.isChecked(), true, 'a pitfall switches on');
  assert.match(page.url(), /document=text/);
  assert.match(await page.locator('#documentPitfall-hint').innerText(), /JSON text/);
});
