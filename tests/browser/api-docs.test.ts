import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './support/chromium.ts';
import { startPlayground, type RunningPlayground } from './support/playground.ts';

/** The tests run Swagger UI on the playground, the only service that needs no other service. */
let playground: RunningPlayground;
let browser: Browser;
let page: Page;
/** Errors on the page's console, and requests of the page to other origins. */
const complaints: string[] = [];
const strangers: string[] = [];

before(async () => {
  playground = await startPlayground('http://127.0.0.1:1');
  browser = await launchChromium();
  page = await browser.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(playground.url) && !request.url().startsWith('data:'))
      strangers.push(request.url());
  });
  await page.goto(`${playground.url}/docs`);
  await page.waitForSelector('.opblock');
});
after(async () => {
  await browser?.close();
  await playground?.stop();
});

test('every call is shown under its path', async () => {
  const shown = await page.locator('.opblock-summary-path').allTextContents();
  // Swagger UI inserts zero-width spaces at slashes, so that long paths can wrap.
  const paths = shown.map((path) => path.replaceAll('\u200b', ''));
  const { paths: described } = (await (await fetch(`${playground.url}/openapi.json`)).json()) as {
    paths: Record<string, object>;
  };
  const expected = Object.entries(described).flatMap(([path, methods]) =>
    Object.keys(methods).map(() => path),
  );
  assert.deepEqual(paths.toSorted(), expected.toSorted());
});

test('a call can be tried from the page', async () => {
  const block = page.locator('.opblock', { has: page.locator('[data-path="/api/runs"]') }).filter({
    has: page.locator('.opblock-summary-method', { hasText: 'GET' }),
  });
  await block.locator('.opblock-summary-control').click();
  await block.getByRole('button', { name: 'Try it out' }).click();
  await block.getByRole('button', { name: 'Execute' }).click();
  const status = block.locator('.live-responses-table .response-col_status').last();
  await status.waitFor();
  assert.match((await status.textContent()) ?? '', /^200/);
});

test('nothing was asked elsewhere, and nothing refused', () => {
  assert.deepEqual(strangers, []);
  assert.deepEqual(complaints, []);
});
