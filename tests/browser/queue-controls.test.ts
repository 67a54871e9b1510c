import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Page, Route } from 'playwright-core';
import type { QueueSample } from '../../services/playground/queue/queue-sample.ts';
import type { LoadView } from '../../services/playground/queue/load-view.ts';
import { openPage } from './support/page.ts';
import { startPlayground } from './support/playground.ts';
import { setStubStage } from './support/stub-stage.ts';

const stage = setStubStage();
const FIRST = 'd'.repeat(24);
const SECOND = 'e'.repeat(24);

/** The values in the server's responses. Tests change them over time. */
let atMs: number;
let isPaused: boolean;
let failed: number;
let letters: string[];
let load: LoadView | undefined;

beforeEach(() => {
  [atMs, isPaused, failed, letters, load] = [1_000, false, 0, [], undefined];
});

const sample = (): QueueSample => ({
  atMs,
  pending: 0,
  processing: 0,
  parked: 0,
  failed,
  oldestAgeMs: 0,
  isPaused,
});

const letterOf = (orderId: string) => ({ orderId, customer: 'ada', attempts: 5, traceIds: [] });

const away = (route: Route) => route.fulfill({ status: 502, json: { detail: 'It is away.' } });

/** Opens a page with its queue, and serves the page's requests from the variables above. */
async function openQueue(): Promise<Page> {
  const { page } = await stage.open('');
  await page.route(/\/api\/queue\?/, (route) => route.fulfill({ json: { samples: [sample()] } }));
  await page.route(/\/api\/load\?/, (route) => route.fulfill({ json: load ? { load } : {} }));
  await page.route(/\/api\/dead-letters\?/, (route) =>
    route.fulfill({ json: { deadLetters: letters.map(letterOf) } }),
  );
  await page.click('#queue-toggle');
  await page.waitForSelector('.q-pause button:enabled');
  return page;
}

/** Waits until the page has drawn `count` more samples. */
async function afterLooks(page: Page, count: number): Promise<void> {
  // The page sends a request only after it has drawn the previous response.
  for (let look = 0; look <= count; look++) await page.waitForResponse(/\/api\/queue\?/);
}

const pauseButton = (page: Page, name: RegExp) => page.getByRole('button', { name });

test('a sample of before the click does not undo it', async () => {
  const page = await openQueue();
  await page.route('**/api/queue/pause', (route) => route.fulfill({ json: { atMs: 5_000 } }));
  atMs = 4_999;
  await pauseButton(page, /^Pause/).click();
  await pauseButton(page, /^Resume/).waitFor();
  await afterLooks(page, 1);
  assert.equal(await page.locator('.q-pause button').innerText(), 'Resume the poller');
  atMs = 5_001;
  await pauseButton(page, /^Pause/).waitFor();
});

test('nothing enables the button while its request runs, and it keeps the focus', async () => {
  const page = await openQueue();
  const answer = Promise.withResolvers<void>();
  await page.route('**/api/queue/pause', async (route) => {
    await answer.promise;
    await route.fulfill({ json: { atMs } });
  });
  await pauseButton(page, /^Pause/).focus();
  await page.keyboard.press('Enter');
  atMs += 500;
  await afterLooks(page, 2);
  assert.ok(await page.locator('.q-pause button').isDisabled());
  answer.resolve();
  await page.locator('.q-pause button:focus').waitFor();
});

for (const { what, path, button, said } of [
  { what: 'pause', path: '**/api/queue/pause', button: /^Pause/, said: '.q-state' },
  { what: 'load', path: '**/api/load', button: /^Start$/, said: '.q-load + .q-note' },
]) {
  test(`why a ${what} was refused is shown until the next action`, async () => {
    load = loadOf('one');
    const page = await openQueue();
    let status = 502;
    await page.route(path, (route) =>
      route.fulfill({ status, json: { detail: 'It is away.', atMs, ...loadOf('two') } }),
    );
    await page.getByRole('button', { name: button }).click();
    const line = page.locator(said, { hasText: 'It is away.' });
    await line.waitFor();
    atMs += 1_000;
    await afterLooks(page, 2);
    assert.equal(await line.count(), 1);
    status = 200;
    await page.getByRole('button', { name: button }).click();
    await line.waitFor({ state: 'detached' });
  });
}

function loadOf(id: string, given: Partial<LoadView> = {}): LoadView {
  const settings = { perSecond: 1, seconds: 1 };
  return { id, settings, isPlacing: false, placed: 1, refused: 0, dots: [], ...given };
}

test('a server that started again knows of no load, and another can start', async () => {
  const dot = { orderId: FIRST, placedMs: 0, latencyMs: 10, isFulfilled: true };
  load = loadOf('one', { isPlacing: true, dots: [dot] });
  const page = await openQueue();
  await page.locator('.q-dot').first().waitFor();
  assert.ok(await page.getByRole('button', { name: 'Start' }).isDisabled());
  load = undefined;
  await page.locator('.q-load button:enabled', { hasText: 'Start' }).waitFor();
  assert.ok(await page.locator('.q-plot').isHidden());
});

test('a look that failed is forgotten with the next one', async () => {
  const page = await openQueue();
  await page.route(/\/api\/load\?/, away);
  const line = page.locator('.q-load + .q-note', { hasText: 'It is away.' });
  await line.waitFor();
  await page.unroute(/\/api\/load\?/, away);
  await line.waitFor({ state: 'detached' });
});

test('an order that fails while another is requeued is shown', async () => {
  [failed, letters] = [1, [FIRST]];
  const page = await openQueue();
  await page.route('**/api/dead-letters/*/retry', (route) => {
    letters = [SECOND];
    return route.fulfill({ json: {} });
  });
  await page.getByRole('button', { name: `Requeue order ${FIRST}` }).click();
  await page.locator('.q-letters li', { hasText: SECOND }).waitFor();
});

test('who requeues by keyboard goes on to the next letter, then to what is said', async () => {
  [failed, letters] = [2, [FIRST, SECOND]];
  const page = await openQueue();
  await page.route('**/api/dead-letters/*/retry', (route) => {
    letters = letters.slice(1);
    failed = letters.length;
    return route.fulfill({ json: {} });
  });
  await page.getByRole('button', { name: `Requeue order ${FIRST}` }).focus();
  await page.keyboard.press('Enter');
  await page.locator(`[aria-label="Requeue order ${SECOND}"]:focus`).waitFor();
  await afterLooks(page, 1);
  assert.equal(await page.locator(`[aria-label="Requeue order ${SECOND}"]:focus`).count(), 1);
  await page.keyboard.press('Enter');
  await page.locator('.q-letters + .q-note:focus', { hasText: 'waits again' }).waitFor();
});

test('a problem that lasts is announced once', async () => {
  const page = await openQueue();
  await page.route(/\/api\/queue\?/, (route) =>
    route.fulfill({ status: 502, json: { detail: 'The poller is away.' } }),
  );
  await page.locator('#queue .warning', { hasText: 'The poller is away.' }).waitFor();
  await page.evaluate(`
    globalThis.writes = 0;
    new MutationObserver((records) => (writes += records.length)).observe(
      document.querySelector('#queue [role=status]:has(.warning)'),
      { childList: true },
    );`);
  await afterLooks(page, 2);
  assert.equal(await page.evaluate('writes'), 0);
});

test('without controls a held order says how to approve it', async (t) => {
  const playground = await startPlayground(stage.traces.url, { hasControls: false });
  t.after(() => playground.stop());
  const { traces, traceId, orderId, openRun, setOrder } = stage;
  traces.set([openRun()]);
  setOrder({ status: 'held', approvalsLeft: 1 });
  const { page } = await openPage(stage.browser, `${playground.url}/?a=${traceId}`);
  await page.locator('.decision', { hasText: `POST /orders/${orderId}/approval` }).waitFor();
  assert.equal(await page.locator('.decision button').count(), 0);
});
