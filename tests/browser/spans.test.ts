import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { rowsIn, waitForRun } from './support/page.ts';
import { idOf, setStubStage } from './support/stub-stage.ts';

const stage = setStubStage();

const middle = (box: { y: number; height: number }) => box.y + box.height / 2;

test('orphans, links, errors and attempts are marked', async () => {
  const { traceId, otherId, span, show } = stage;
  const { page } = await show([
    span(1),
    span(2, { parentSpanId: idOf(99) }),
    span(3, { error: 'it broke', attributes: { 'demo.attempt': '2' } }),
    span(4, { traceId: otherId, parentSpanId: '', links: [{ traceId, spanId: idOf(1) }] }),
    span(5, { links: [{ traceId: otherId, spanId: idOf(4) }] }),
  ]);
  const text = await page.locator('#slot-a .grid').innerText();
  assert.match(text, /its parent 00000000 is not in this trace/);
  assert.ok(text.includes(`links to span 4 in trace ${otherId.slice(0, 8)}`), text);
  assert.ok(text.includes(`links to span 1 in trace ${traceId.slice(0, 8)}`), text);
  assert.match(text, /it broke/);
  assert.match(text, /attempt 2/);
});

test('a link between traces is a line from row to row', async () => {
  const { traceId, otherId, span, show } = stage;
  const links = [{ traceId, spanId: idOf(1) }];
  const { page } = await show(
    [span(1), span(2, { traceId: otherId, parentSpanId: '', startMs: span(1).startMs + 5, links })],
    `?a=${otherId}`,
  );
  const line = await page.locator('#slot-a .link-lines i').boundingBox();
  const [from, to] = await Promise.all(
    ['span 2', 'span 1'].map((name) =>
      page.locator('#slot-a .span-row', { hasText: name }).locator('.bar').boundingBox(),
    ),
  );
  assert.ok(line && from && to);
  const ends = [middle(from), middle(to)].toSorted((a, b) => a - b);
  assert.ok(Math.abs(line.y - (ends[0] ?? 0)) < 4, 'starts in the middle of one bar');
  assert.ok(Math.abs(line.y + line.height - (ends[1] ?? 0)) < 4, 'ends in the middle of the other');
});

const MAX_FRAME_MS = 33;
/** A fast turn of a mouse wheel. */
const STEP_PX = 400;
const STEPS = 100;

test('two thousand spans scroll without holes or delay', async () => {
  const { traces, span, open } = stage;
  traces.set(Array.from({ length: 2_000 }, (_, index) => span(index + 1)));
  const { page } = await open();
  await page.locator('.facts', { hasText: '2000 spans' }).waitFor();
  await waitForRun(page, 'a');
  assert.ok((await page.locator('#slot-a .span-row').count()) < 120, 'only rows in sight are drawn');
  const times = await frameTimes(page);
  const p95Ms = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Infinity;
  console.log(
    `scrolling 2,000 spans: 95 of 100 frames take at most ${p95Ms.toFixed(1)} ms of the page's thread`,
  );
  assert.ok(p95Ms <= MAX_FRAME_MS, `a frame of scrolling took ${p95Ms} ms`);
  assert.ok((await rowsIn(page, 'a')).includes('span 1900'), 'the rows that the page came to are there');
});

/**
 * Returns the time, in milliseconds, that the page's main thread spends on each step of scrolling through the rows. Includes scripts,
 * style, layout, and paint. Measures thread time, so other work on the machine doesn't count.
 */
async function frameTimes(page: Page): Promise<number[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const worked = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1_000;
  };
  const times: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    const before = await worked();
    await page.evaluate(
      `scrollBy(0, ${STEP_PX}), new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))`,
    );
    times.push((await worked()) - before);
  }
  return times;
}

test('the spans are also a table', async () => {
  const { span, show } = stage;
  const { page } = await show([span(1), span(2, { error: 'it broke' })]);
  await page.getByRole('button', { name: 'Show the spans as a table' }).click();
  const cells = await page.locator('#slot-a tbody tr').last().locator('td').allInnerTexts();
  assert.deepEqual(cells.slice(1, 5), ['2', 'writer', 'span 2', 'UNSPECIFIED']);
  assert.equal(cells.at(-1), 'failed: it broke');
});

test('a phone sees it all without sideways scrolling', async () => {
  const { traces, traceId, span, open } = stage;
  traces.set([span(1), span(2)]);
  const phone = { viewport: { width: 360, height: 740 } };
  const { page } = await open(`?a=${traceId}&document=stale&failTimes=1`, phone);
  await waitForRun(page, 'a');
  await page.click('#more-toggle');
  assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360);
});
