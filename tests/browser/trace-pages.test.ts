import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { startTraceStore, type RunningTraceStore } from '@beyond-headers/trace-store';
import { axe, FOR_AXE } from './support/axe.ts';
import { setBrowser } from './support/chromium.ts';

const MARKUP = `<img src=x onerror="document.title='broken'">`;
const FIRST = 'a'.repeat(32);
const SECOND = 'b'.repeat(32);
const START_NS = 1_700_000_000_000_000_000n;
const PHONE = { viewport: { width: 390, height: 800 } };

const stage = setBrowser();
let store: RunningTraceStore;

before(async () => {
  store = await startTraceStore();
  await sendEverything();
});
after(() => store?.close());

async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await stage.browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  await page.goto(store.queryUrl + path);
  return page;
}

const openAll = (page: Page) =>
  page.locator('details').evaluateAll((rows) => rows.forEach((row) => row.setAttribute('open', '')));

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [name, size] of [
    ['a screen', {}],
    ['a phone', PHONE],
  ] as const) {
    test(`axe finds nothing in the pages on ${name}, ${colorScheme}`, async () => {
      const options = { ...FOR_AXE, ...size, colorScheme };
      for (const path of ['/', '/?min=5', '/?name=none', `/trace/${'c'.repeat(32)}`])
        assert.deepEqual(await axe(await open(path, options)), [], path);
      const page = await open(`/trace/${FIRST}`, options);
      assert.deepEqual(await axe(page), []);
      await openAll(page);
      assert.deepEqual(await axe(page), [], 'with every span open');
    });
  }
}

test('a phone shows all of the pages without scrolling sideways', async () => {
  for (const path of ['/', `/trace/${FIRST}`]) {
    const page = await open(path, PHONE);
    await openAll(page);
    const [content, window] = await page.evaluate<[number, number]>(
      '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
    );
    assert.ok(content <= window, `${path}: ${content} px of ${window}`);
  }
});

test('the list leads to a trace, and that to the one it is linked with', async () => {
  const page = await open('/');
  await page.getByLabel('Service').selectOption('poller');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('link', { name: /process orders/ }).click();
  assert.equal(new URL(page.url()).pathname, `/trace/${SECOND}`);
  await page.getByRole('link', { name: 'its own page' }).click();
  assert.equal(new URL(page.url()).pathname, `/trace/${FIRST}`);
});

test('a row opens by keyboard and shows the log lines of its span', async () => {
  const page = await open(`/trace/${FIRST}`);
  const row = page.locator('details', { has: page.locator('summary', { hasText: 'POST /orders' }) });
  await row.locator('summary').focus();
  await page.keyboard.press('Enter');
  await row.locator('.log li', { hasText: 'order accepted' }).waitFor();
  assert.ok(await row.locator('dd', { hasText: FIRST }).first().isVisible());
});

test('bars stand where their times are', async () => {
  const page = await open(`/trace/${FIRST}`);
  const boxOf = async (selector: string, hasText: string) => {
    const box = await page.locator(selector, { hasText }).locator('.bar rect').boundingBox();
    return box ?? assert.fail(selector);
  };
  const axis = (await page.locator('.scale').boundingBox()) ?? assert.fail('no axis');
  const root = await boxOf('summary', 'POST /orders');
  const child = await boxOf('summary', MARKUP);
  assert.ok(Math.abs(root.x - axis.x) < 1, 'the first begins at 0');
  // The span lasts from 40 to 100 of 200 ms.
  assert.ok(Math.abs(child.x - (axis.x + axis.width * 0.2)) < 2, 'its start');
  assert.ok(Math.abs(child.width - axis.width * 0.3) < 2, 'its length');
});

test('hostile names stay text, and the page runs nothing', async () => {
  const page = await open(`/trace/${FIRST}`);
  await openAll(page);
  assert.ok((await page.locator('main').innerText()).includes(MARKUP));
  assert.equal(await page.locator('img, script').count(), 0);
  assert.match(await page.title(), /^Trace aaaaaaaa$/);
});

async function sendEverything(): Promise<void> {
  const hostile = [{ key: MARKUP, value: { stringValue: MARKUP } }];
  await send('writer', [
    span(FIRST, 1, { name: 'POST /orders', attributes: hostile }, [0, 200]),
    span(FIRST, 2, { name: MARKUP, parentSpanId: id(1), status: { code: 2, message: MARKUP } }, [40, 100]),
    span(FIRST, 3, { name: 'orphan', parentSpanId: id(99), events: [{ name: MARKUP }] }, [50, 60]),
  ]);
  await send('poller', [
    span(FIRST, 4, { name: 'wait orders', parentSpanId: id(1), links: [{ traceId: SECOND, spanId: id(5) }] }),
    span(SECOND, 5, { name: 'process orders', kind: 5, links: [{ traceId: FIRST, spanId: id(1) }] }),
  ]);
  const record = {
    traceId: FIRST,
    spanId: id(1),
    timeUnixNano: String(START_NS),
    severityText: 'info',
    body: { stringValue: 'order accepted' },
    attributes: hostile,
  };
  await post('/v1/logs', { resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] });
}

const id = (number: number) => `${number}`.padStart(16, '0');

function span(traceId: string, number: number, fields: object, [fromMs, toMs] = [0, 10]): object {
  const times = { startTimeUnixNano: at(fromMs ?? 0), endTimeUnixNano: at(toMs ?? 0) };
  return { traceId, spanId: id(number), ...times, ...fields };
}

const at = (ms: number) => String(START_NS + BigInt(ms) * 1_000_000n);

async function send(service: string, spans: object[]): Promise<void> {
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: service } }] };
  await post('/v1/traces', { resourceSpans: [{ resource, scopeSpans: [{ spans }] }] });
}

async function post(path: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const { status } = await fetch(store.otlpUrl + path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers,
  });
  assert.equal(status, 200);
}
