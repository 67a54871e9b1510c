import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, FOR_AXE } from './support/axe.ts';
import { setStubStage } from './support/stub-stage.ts';

const stage = setStubStage();
const ORDER = 'c'.repeat(24);
const FAILED = 'd'.repeat(24);

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the queue with all that it can show, ${colorScheme}`, async () => {
    setQueue({ paused: true });
    const { page, problems } = await stage.open('#queue', { ...FOR_AXE, colorScheme });
    await page.getByRole('button', { name: 'Resume the poller' }).waitFor();
    await page.getByRole('button', { name: `Requeue order ${FAILED}` }).waitFor();
    await page.fill('#q-seconds', '1');
    await page.getByRole('button', { name: 'Start' }).click();
    await page.locator('.q-slowest a').first().waitFor();
    assert.deepEqual(await axe(page), []);
    assert.deepEqual(problems, []);
  });

  test(`axe finds nothing in a held order, ${colorScheme}`, async () => {
    stage.traces.set([stage.openRun()]);
    stage.setOrder({ status: 'held', approvalsLeft: 1 });
    const { page } = await stage.open(undefined, { ...FOR_AXE, colorScheme });
    await page.getByRole('button', { name: 'Approve' }).waitFor();
    assert.deepEqual(await axe(page), []);
  });
}

test('what a caller sent stays text in the queue', async () => {
  setQueue({});
  const { page, problems } = await stage.open('#queue');
  const letter = page.locator('.q-letters li');
  await letter.waitFor();
  assert.match(await letter.innerText(), /<img src=x onerror="document.title='broken'">/);
  assert.match(await page.title(), /Beyond Headers/);
  assert.deepEqual(problems, []);
});

test('a poller that does not answer is named, and the page goes on', async () => {
  setQueue({});
  stage.traces.set(undefined);
  const { page } = await stage.open('#queue');
  const warning = page.locator('#queue .warning', { hasText: 'The poller does not answer' });
  await warning.waitFor();
  stage.traces.set([]);
  await warning.waitFor({ state: 'detached' });
  await page.locator('[data-chart=Pending] b', { hasText: '7' }).waitFor();
});

test('a queue that no one opens asks nothing, and is not loaded', async () => {
  const { page } = await stage.open('');
  const modules = await page.evaluate<string[]>(
    'performance.getEntriesByType("resource").map(({ name }) => name)',
  );
  assert.ok(modules.some((url) => url.includes('/assets/browser/queue-button.ts')));
  assert.deepEqual(
    modules.filter((url) => /\/queue\/|\/api\/queue/.test(url)),
    [],
  );
});

function setQueue({ paused = false }): void {
  const { traces, traceId } = stage;
  const counts = { pending: 7, processing: 2, held: 1, waiting: 0, fulfilled: 90, failed: 1 };
  const lastMinute = { fulfilled: 90, p50Ms: 12, p99Ms: 400 };
  traces.answer('/status', { paused, inFlight: 2, oldestAgeMs: 4_000, counts, lastMinute });
  const customer = `<img src=x onerror="document.title='broken'">`;
  const letter = {
    orderId: FAILED,
    customer,
    attempts: 5,
    error: 'it broke',
    traceIds: [traceId],
    history: [],
  };
  traces.answer('/dead-letters?limit=10', { deadLetters: [letter] });
  const [createdAt, endedAt] = ['2026-11-29T00:00:00.000Z', '2026-11-29T00:00:00.250Z'];
  const order = { orderId: ORDER, status: 'fulfilled', createdAt, endedAt, traceIds: [traceId] };
  traces.answer('/orders', { orderId: ORDER, traceId });
  traces.answer('/orders?limit=100', { orders: [order] });
}
