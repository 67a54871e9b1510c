import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../support/until.ts';
import { rowsIn, waitForRun } from './support/page.ts';
import { startPlayground } from './support/playground.ts';
import { runEvents, type RunEvent } from './support/run-events.ts';
import { setStubStage } from './support/stub-stage.ts';

const stage = setStubStage();

/** The shortest interval between two reads of a run. */
const POLL_MS = 250;

test('a trace store that is away is reported and awaited', async () => {
  const { traces, span, open } = stage;
  traces.set(undefined);
  const { page } = await open();
  await page.getByText("The traces can't be read").waitFor();
  traces.set([span(1), span(2)]);
  await waitForRun(page, 'a');
  assert.deepEqual(await rowsIn(page, 'a'), ['trace', 'span 1', 'span 2']);
  assert.equal(await page.locator('.warning').count(), 0);
});

test('an address without a run, or with one that is not there, says so', async () => {
  const { page } = await stage.open(`?a=${stage.traceId}&b=${'0'.repeat(32)}`);
  await waitForRun(page, 'a');
  assert.equal(await page.locator('#slot-a .verdict').innerText(), 'No spans');
  await page.locator('#slot-b .prompt').waitFor();
});

test('a run that cannot start says why', async () => {
  const { page } = await stage.open('');
  await page.click('#run');
  await page.locator('#notice', { hasText: 'The writer answered 404' }).waitFor();
  assert.equal(await page.locator('#run').isEnabled(), true);
});

for (const [status, says] of [
  [502, 'The playground answered 502.'],
  [200, 'did not answer with complete JSON. Is there a proxy'],
] as const) {
  test(`a page of a proxy with ${status} is not read as an answer`, async () => {
    const { page } = await stage.open('');
    const contentType = 'text/html';
    await page.route('**/api/runs', (route) => route.fulfill({ status, contentType, body: '<html>log in' }));
    await page.click('#run');
    await page.locator('#notice', { hasText: says }).waitFor();
  });
}

test('a server that has stopped is named by both runs and by a click', async () => {
  const { traces, playground, traceId, orderId, openRun, span, otherId, open } = stage;
  traces.set([openRun(), span(1, { traceId: otherId, attributes: { 'demo.order.id': orderId } })]);
  const { page } = await open(`?a=${traceId}&b=${otherId}`);
  for (const slot of ['a', 'b']) await page.waitForSelector(`#slot-${slot} .span-row`);
  await page.route('**/api/runs**', (route) => route.abort());
  playground.cut();
  for (const slot of ['a', 'b'])
    await page
      .locator(`#slot-${slot} .warning`, { hasText: 'server does not answer; trying again' })
      .waitFor();
  await page.click('#run');
  await page.locator('#notice', { hasText: 'server does not answer. Is it running?' }).waitFor();
});

test('a cut connection goes on after the last event', async () => {
  const { traces, playground, span, open, openRun, endRun } = stage;
  traces.set([openRun()]);
  const { page } = await open();
  await page.waitForSelector('#slot-a .span-row');
  const before = playground.resumedAfter.length;
  playground.cut();
  await until(
    async () => playground.resumedAfter.slice(before),
    ([id]) => /^[0-9a-f]{8}-1$/.test(id ?? ''),
    { what: 'the page asks for what comes after its one span' },
  );
  traces.set([openRun(), span(2)]);
  endRun();
  await waitForRun(page, 'a');
  assert.deepEqual(await rowsIn(page, 'a'), ['trace', 'span 1', 'span 2']);
});

test('who has seen a span is not sent it again', async () => {
  const { traces, playground, traceId, span, openRun } = stage;
  traces.set([openRun()]);
  const url = `${playground.url}/api/runs/${traceId}/events`;
  const [first] = await readEvents(url, 1);
  assert.equal(first?.update.spans.length, 1);
  traces.set([openRun(), span(2)]);
  for (const [how, again] of [
    ['header', () => readEvents(url, 1, { 'last-event-id': first?.id ?? '' })],
    ['query', () => readEvents(`${url}?after=${first?.id}`, 1)],
  ] as const) {
    const events = await again();
    const spans = events.flatMap(({ update }) => update.spans.map(({ name }) => name));
    assert.deepEqual(spans, ['span 2'], how);
    assert.equal(events[0]?.update.reset, false, how);
  }
  const [foreign] = await readEvents(url, 1, { 'last-event-id': 'deadbeef-1' });
  assert.deepEqual([foreign?.update.reset, foreign?.update.spans.length], [true, 2]);
});

/** Reads events until `count` of them contained spans, and disconnects. */
async function readEvents(url: string, count: number, headers = {}): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of runEvents(url, { headers })) {
    if (event.update.spans.length > 0) events.push(event);
    if (events.length >= count) break;
  }
  return events;
}

test('a lost server is named, and spans go on at its successor', async () => {
  const { traces, span, open, openRun, endRun } = stage;
  traces.set([openRun()]);
  const { page } = await open();
  await page.waitForSelector('#slot-a .span-row');
  const { port } = stage.playground;
  await stage.playground.stop();
  await page.getByText('server does not answer').waitFor();
  traces.set([openRun(), span(2)]);
  endRun();
  stage.playground = await startPlayground(traces.url, { port, docs: stage.docs });
  await waitForRun(page, 'a');
  assert.deepEqual(await rowsIn(page, 'a'), ['trace', 'span 1', 'span 2']);
  assert.match(stage.playground.resumedAfter[0] ?? '', /-1$/, 'the successor got the id of the last event');
});

test('a tab that no one sees lets go of its connection', async () => {
  const { traces, playground, span, open, openRun, endRun } = stage;
  traces.set([openRun()]);
  const { page } = await open();
  await page.waitForSelector('#slot-a .span-row');
  const streams = async () => playground.openStreams;
  await page.evaluate(setHidden, true);
  await until(streams, (count) => count === 0, { what: 'no stream for a page that is not seen' });
  traces.set([openRun(), span(2)]);
  endRun();
  await page.evaluate(setHidden, false);
  await waitForRun(page, 'a');
  assert.deepEqual(await rowsIn(page, 'a'), ['trace', 'span 1', 'span 2']);
});

/** Simulates a switch to another tab or back. Runs in the page. */
function setHidden(isHidden: boolean): void {
  const { document } = globalThis as unknown as { document: EventTarget };
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
  document.dispatchEvent(new Event('visibilitychange'));
}

test('fifty pages at once are served by one reader', async () => {
  const { traces, traceId, playground, span, open, openRun, endRun } = stage;
  traces.set([openRun()]);
  const [readsBefore, startedAt] = [traces.reads, performance.now()];
  // Five tabs of one browser, which opens at most six connections to a server. The other pages are only their event streams.
  const { page: first } = await open();
  const tabs = await Promise.all(Array.from({ length: 4 }, () => first.context().newPage()));
  await Promise.all(tabs.map((tab) => tab.goto(first.url())));
  const streams = Array.from({ length: 45 }, () =>
    readEvents(`${playground.url}/api/runs/${traceId}/events`, 2),
  );
  const pages = [first, ...tabs];
  await Promise.all(pages.map((page) => page.waitForSelector('#slot-a .span-row')));
  const count = async () => playground.openStreams;
  await until(count, (open) => open === 50, { what: 'fifty open streams' });
  const mostReads = (performance.now() - startedAt) / POLL_MS + 2;
  assert.ok(traces.reads - readsBefore <= mostReads, `${traces.reads - readsBefore} reads`);
  traces.set([openRun(), span(2)]);
  endRun();
  for (const events of await Promise.all(streams))
    assert.deepEqual(
      events.map(({ update }) => update.spans.map(({ name }) => name)),
      [['span 1'], ['span 2']],
    );
  await Promise.all(pages.map((page) => waitForRun(page, 'a')));
  for (const page of pages) assert.deepEqual(await rowsIn(page, 'a'), ['trace', 'span 1', 'span 2']);
  await until(count, (open) => open === 0, { what: 'no stream when all is over' });
});
