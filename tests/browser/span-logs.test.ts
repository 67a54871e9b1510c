import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idOf, setStubStage } from './support/stub-stage.ts';

const stage = setStubStage();

/** Opens a page with three spans. Only the third span has log lines. */
async function openThree() {
  const { traces, traceId, span, show } = stage;
  const line = { traceId, spanId: idOf(3), timeMs: span(3).startMs, severity: 'INFO', attributes: {} };
  traces.answer(logsOf(3), { logs: [{ ...line, body: 'order taken' }] });
  traces.answer(logsOf(2), { logs: [] });
  return show([span(1), span(2), span(3)]);
}

const logsOf = (number: number) => `/api/logs?traceId=${stage.traceId}&spanId=${idOf(number)}`;

test('a span has its own lines beside it', async () => {
  const { page, problems } = await openThree();
  await page.locator('#slot-a .span-row', { hasText: 'span 3' }).click();
  await page.locator('.log-lines', { hasText: 'INFO order taken' }).waitFor();
  await page.locator('#slot-a .span-row', { hasText: 'span 2' }).click();
  await page.locator('.span-logs', { hasText: 'None was written in this span.' }).waitFor();
  assert.deepEqual(problems, []);
});

const isOfSecond = (request: { url(): string }) => request.url().endsWith(idOf(2));

test('lines of a span that is passed by are not waited for', async () => {
  const { page, problems } = await openThree();
  await page.route(`**/logs?spanId=${idOf(2)}`, () => undefined);
  const asked = page.waitForRequest(isOfSecond);
  await page.locator('#slot-a .span-row', { hasText: 'span 2' }).click();
  await asked;
  const ended = page.waitForEvent('requestfailed', { predicate: isOfSecond });
  await page.keyboard.press('ArrowDown');
  assert.equal((await ended).failure()?.errorText, 'net::ERR_ABORTED');
  await page.locator('.log-lines', { hasText: 'order taken' }).waitFor();
  assert.equal(await page.locator('.span-logs .warning').count(), 0);
  assert.deepEqual(problems, []);
});

test('lines that can not be read are said to be so', async () => {
  const { page } = await openThree();
  await page.route('**/logs?spanId=*', (route) =>
    route.fulfill({ status: 502, json: { detail: 'The log store does not answer.' } }),
  );
  await page.locator('#slot-a .span-row', { hasText: 'span 3' }).click();
  await page.locator('.span-logs .warning', { hasText: 'The log store does not answer.' }).waitFor();
});
