import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import axeCore from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { until } from '../support/until.ts';
import { launchChromium } from './support/chromium.ts';
import { openPage, rowsIn, waitForRun } from './support/page.ts';
import { startPlayground, type RunningPlayground } from './support/playground.ts';
import { startStubTraces, type StubSpan, type StubTraces } from './support/stub-traces.ts';

const START_MS = 1_700_000_000_000;

/** Of the test that runs: the server remembers what it has read of a trace. */
let traceId: string;
let otherId: string;
let traces: StubTraces;
let playground: RunningPlayground;
let browser: Browser;

before(async () => {
  traces = await startStubTraces();
  playground = await startPlayground(traces.url);
  browser = await launchChromium();
});

beforeEach(() => {
  traceId = randomBytes(16).toString('hex');
  otherId = randomBytes(16).toString('hex');
});

afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

after(async () => {
  await browser?.close();
  await playground?.stop();
  await traces?.stop();
});

const idOf = (number: number) => number.toString(16).padStart(16, '0');

const span = (number: number, given: Partial<StubSpan> = {}): StubSpan => ({
  traceId,
  spanId: idOf(number),
  name: `span ${number}`,
  service: 'writer',
  startMs: START_MS + number,
  endMs: START_MS + number + 10,
  ...(number > 1 && { parentSpanId: idOf(1) }),
  ...given,
});

const open = (query = `?a=${traceId}`, options = {}) => openPage(browser, playground.url + query, options);

test('hostile names, errors and attributes stay text', async () => {
  const markup = '<img src=x onerror=alert(1)>';
  traces.set([
    span(1, { name: markup, service: markup, attributes: { '<b>key</b>': `javascript:${markup}` } }),
    span(2, { name: '\u202Egnp.evil\u0007', error: markup }),
  ]);
  const { page, problems } = await open();
  await waitForRun(page, 'a');
  assert.deepEqual(await rowsIn(page, 'a'), ['trace', markup, '·gnp.evil·', 'note']);
  await page.locator('#slot-a .span-row').first().click();
  assert.match(await page.locator('#span-details').innerText(), /javascript:<img/);
  assert.equal(await page.locator('main img, dialog img, dialog b').count(), 0);
  const targets = await page
    .locator('a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  assert.ok(targets.every((href) => href?.startsWith('http')));
  assert.deepEqual(problems, []);
});

test('orphans, links, errors and attempts are marked', async () => {
  traces.set([
    span(1),
    span(2, { parentSpanId: idOf(99) }),
    span(3, { error: 'it broke', attributes: { 'demo.attempt': '2' } }),
    span(4, {
      traceId: otherId,
      parentSpanId: '',
      links: [{ traceId, spanId: idOf(1) }],
    }),
    span(5, { links: [{ traceId: otherId, spanId: idOf(4) }] }),
  ]);
  const { page } = await open();
  await waitForRun(page, 'a');
  const text = await page.locator('#slot-a .grid').innerText();
  assert.match(text, /its parent 00000000 is not in this trace/);
  assert.match(text, /links to span 4 in trace 2/);
  assert.match(text, /links to span 1 in trace 1/);
  assert.match(text, /it broke/);
  assert.match(text, /attempt 2/);
});

test('two thousand spans scroll without holes or delay', async () => {
  traces.set(Array.from({ length: 2_000 }, (_, index) => span(index + 1)));
  const { page } = await open();
  await page.locator('.facts', { hasText: '2000 spans' }).waitFor();
  assert.ok((await page.locator('#slot-a .span-row').count()) < 120, 'only rows in sight are drawn');
  const viewport = page.locator('#slot-a .viewport');
  const medianMs = await viewport.evaluate(scrollThrough);
  assert.ok(medianMs < 50, `a step of scrolling took ${medianMs} ms`);
  assert.ok((await rowsIn(page, 'a')).includes('span 2000'));
});

/** Runs in the page: scrolls to the end in forty steps and gives the median time from one to the frame after it, milliseconds. */
async function scrollThrough(viewport: unknown): Promise<number> {
  const element = viewport as { scrollTop: number; scrollHeight: number };
  const { requestAnimationFrame } = globalThis as unknown as {
    requestAnimationFrame: (done: () => void) => void;
  };
  const nextFrame = () => new Promise<void>((resolve) => requestAnimationFrame(resolve));
  const steps: number[] = [];
  for (let step = 1; step <= 40; step++) {
    const before = performance.now();
    element.scrollTop = (element.scrollHeight * step) / 40;
    await nextFrame();
    steps.push(performance.now() - before);
  }
  return steps.toSorted((a, b) => a - b)[20] ?? Infinity;
}

test('a trace store that is away is told and awaited', async () => {
  traces.set(undefined);
  const { page } = await open();
  await page.getByText('The trace store does not answer').waitFor();
  traces.set([span(1), span(2)]);
  await waitForRun(page, 'a');
  assert.deepEqual(await rowsIn(page, 'a'), ['trace', 'span 1', 'span 2']);
  assert.equal(await page.locator('.warning').count(), 0);
});

test('a run that cannot start says why', async () => {
  traces.set([]);
  const { page } = await open('');
  await page.click('#run');
  await page.locator('#notice', { hasText: 'The writer answered 404' }).waitFor();
  assert.equal(await page.locator('#run').isEnabled(), true);
});

test('a lost server is named, and spans go on where they stopped', async () => {
  traces.set([span(1, { endMs: Date.now() + 60_000 })]);
  const { page } = await open();
  await page.waitForSelector('#slot-a .span-row');
  await playground.stop();
  await page.getByText('server does not answer').waitFor();
  traces.set([span(1), span(2)]);
  playground = await startPlayground(traces.url, { port: playground.port });
  await waitForRun(page, 'a');
  assert.deepEqual(await rowsIn(page, 'a'), ['trace', 'span 1', 'span 2']);
});

test('everything is reached and done by keyboard', async () => {
  traces.set([span(1), span(2), span(3, { parentSpanId: idOf(2) })]);
  const { page } = await open();
  await waitForRun(page, 'a');
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
  const before = await page.locator('#slot-a .axis-scale').innerText();
  await page.keyboard.press('+');
  assert.notEqual(await page.locator('#slot-a .axis-scale').innerText(), before, 'zoomed');
  await page.keyboard.press('Enter');
  await page.locator('dialog[open]').waitFor();
  await page.keyboard.press('Escape');
  assert.match(await focused(page), /span 3/, 'the focus is back');
});

const focused = (page: Page) => page.locator(':focus').innerText();

test('switches and Run follow in the order of tabs', async () => {
  traces.set([]);
  const { page } = await open('');
  const order: string[] = [];
  for (let presses = 0; presses < 5; presses++) {
    await page.keyboard.press('Tab');
    order.push(
      await page.evaluate<string>(
        'document.activeElement.name || document.activeElement.id || document.activeElement.tagName',
      ),
    );
  }
  assert.deepEqual(order, ['theme', 'document', 'job', 'run', 'SUMMARY']);
  await page.locator('input[name=document]').press('Space');
  assert.match(page.url(), /document=off/);
});

test('the spans are also a table', async () => {
  traces.set([span(1), span(2, { error: 'it broke' })]);
  const { page } = await open();
  await waitForRun(page, 'a');
  await page.getByRole('button', { name: 'Show the spans as a table' }).click();
  const cells = await page.locator('#slot-a tbody tr').last().locator('td').allInnerTexts();
  assert.deepEqual(cells.slice(1, 5), ['2', 'writer', 'span 2', 'UNSPECIFIED']);
  assert.equal(cells.at(-1), 'failed: it broke');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the ${colorScheme} theme`, async () => {
    traces.set([
      span(1),
      span(2, { error: 'it broke' }),
      span(3, { name: 'wait orders', service: 'poller', links: [{ traceId: otherId, spanId: idOf(9) }] }),
      ...['browser', 'job-launcher', 'report-job', 'someone'].map((service, index) =>
        span(10 + index, { service }),
      ),
    ]);
    const { page } = await open(`?a=${traceId}&document=off&failTimes=1`, {
      colorScheme,
      bypassCSP: true,
      reducedMotion: 'reduce',
    });
    await waitForRun(page, 'a');
    assert.deepEqual(await axe(page), []);
    await page.locator('#slot-a .span-row').nth(1).click();
    assert.deepEqual(await axe(page), [], 'with a dialog open');
  });
}

async function axe(page: Page): Promise<string[]> {
  await page.evaluate(axeCore.source);
  return page.evaluate<string[]>(
    `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ': ' + target + ' ' + failureSummary)))`,
  );
}

test('the page is quick, small and does not jump', async () => {
  traces.set([span(1), span(2)]);
  const { page } = await open('');
  await page.evaluate(`
    window.shift = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value; })
      .observe({ type: 'layout-shift', buffered: true });
  `);
  const figures = await page.evaluate<{ paintMs: number; bytes: number }>(`({
    paintMs: performance.getEntriesByName('first-contentful-paint')[0].startTime,
    bytes: performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'))
      .reduce((sum, { transferSize }) => sum + transferSize, 0),
  })`);
  await page.goto(`${playground.url}?a=${traceId}`);
  await waitForRun(page, 'a');
  const shift = await page.evaluate<number>(`new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value; resolve(sum); })
      .observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => resolve(sum), 300);
  })`);
  console.log(
    `first contentful paint ${Math.round(figures.paintMs)} ms, ${figures.bytes} bytes, layout shift ${shift.toFixed(4)}`,
  );
  assert.ok(figures.paintMs <= 1_000, `first contentful paint after ${figures.paintMs} ms`);
  assert.ok(figures.bytes > 10_000 && figures.bytes <= 150_000, `${figures.bytes} bytes transferred`);
  assert.ok(shift <= 0.05, `layout shift of ${shift}`);
});

test('a phone sees it all without sideways scrolling', async () => {
  traces.set([span(1), span(2)]);
  const { page } = await open(`?a=${traceId}`, { viewport: { width: 360, height: 740 } });
  await waitForRun(page, 'a');
  assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360);
});

test('fifty pages follow one run at once', async () => {
  traces.set([span(1, { endMs: Date.now() + 60_000 })]);
  const stop = new AbortController();
  const streams = await Promise.all(
    Array.from({ length: 50 }, () =>
      fetch(`${playground.url}/api/runs/${traceId}/events`, { signal: stop.signal }),
    ),
  );
  traces.set([span(1), span(2)]);
  const bodies = await Promise.all(streams.map((stream) => readUntil(stream, 'span 2')));
  for (const body of bodies) assert.match(body, /span 2/);
  stop.abort();
});

async function readUntil(stream: Response, text: string): Promise<string> {
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  let body = '';
  await until(
    async () => (body += (await reader?.read())?.value ?? ''),
    () => body.includes(text),
    { what: `${text} in the stream` },
  );
  return body;
}
