import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { axe, FOR_AXE } from './support/axe.ts';
import { waitForRun } from './support/page.ts';
import { idOf, setStubStage } from './support/stub-stage.ts';
import type { StubSpan } from './support/stub-traces.ts';

const stage = setStubStage();

for (const colorScheme of ['light', 'dark'] as const) {
  const open = (query?: string) => stage.open(query, { ...FOR_AXE, colorScheme });

  test(`axe finds nothing in the empty page, ${colorScheme}`, async () => {
    const { page } = await open('?document=stale&job=off&failTimes=1');
    await page.click('#more-toggle');
    assert.deepEqual(await axe(page), []);
  });

  test(`axe finds nothing in a run with every service and every mark, ${colorScheme}`, async () => {
    const { page } = await stage.show(everything(), undefined, { ...FOR_AXE, colorScheme });
    assert.deepEqual(await axe(page), []);
    await page.getByRole('button', { name: 'Show the spans as a table' }).click();
    assert.deepEqual(await axe(page), [], 'as a table');
    await page.getByRole('button', { name: 'Show the spans as a table' }).click();
    await page.locator('#slot-a .span-row').nth(1).click();
    assert.deepEqual(await axe(page), [], 'with a dialog open');
  });

  test(`axe finds nothing in a run with wrong carriers, ${colorScheme}`, async () => {
    const { page } = await stage.show(wrongCarriers(), undefined, { ...FOR_AXE, colorScheme });
    await page.locator('#slot-a .card[data-finding=foreign]').first().waitFor();
    assert.equal(await page.locator('#slot-a .verdict').innerText(), 'The wrong trace');
    assert.deepEqual(await axe(page), []);
  });

  test(`axe finds nothing in a page of the tutorial, ${colorScheme}`, async () => {
    const { page } = await open('tutorial/1-joined-trace');
    assert.deepEqual(await axe(page), []);
  });
}

test('a verdict that changes is in a region that is read out', async () => {
  const { traces, open, openRun, endRun } = stage;
  traces.set([openRun()]);
  const { page } = await open();
  await page.waitForSelector('#slot-a .span-row');
  const verdict = await page.locator('#slot-a [aria-live=polite]').elementHandle();
  endRun();
  await waitForRun(page, 'a');
  assert.equal(await isInPage(page, verdict), true, 'the region itself was not replaced');
});

const isInPage = (page: Page, element: unknown) =>
  page.evaluate((node) => (node as { isConnected: boolean }).isConnected, element);

/** Returns the spans of a run with every service and every mark. */
function everything(): StubSpan[] {
  const { traceId, otherId, span } = stage;
  return [
    span(1, { service: 'browser' }),
    span(2, { error: 'it broke' }),
    span(3, { name: 'wait orders', service: 'poller', links: [{ traceId: otherId, spanId: idOf(9) }] }),
    span(4, { name: 'observe report-job', service: 'job-launcher', endMs: span(4).endMs + 3_000 }),
    span(9, { traceId: otherId, parentSpanId: '', links: [{ traceId, spanId: idOf(2) }] }),
    span(10, { parentSpanId: idOf(99), attributes: { 'demo.attempt': '2' } }),
    ...['report-job', 'someone'].map((service, index) => span(11 + index, { service })),
  ];
}

/** Sets an order whose carriers have the context of another trace. Returns its spans. */
function wrongCarriers(): StubSpan[] {
  const { traces, traceId, otherId, orderId, span, setOrder } = stage;
  const attributes = {
    'demo.order.id': orderId,
    'messaging.system': 'mongodb',
    'messaging.destination.name': 'orders',
    'messaging.message.id': orderId,
  };
  setOrder({ status: 'fulfilled', traceIds: [traceId, otherId] });
  traces.answer(`/orders/${orderId}/carrier`, {
    document: { _id: orderId, context: { traceparent: `00-${otherId}-${idOf(8)}-01` } },
  });
  const env = [`00-${traceId}-${idOf(3)}-01`, `00-${otherId}-${idOf(8)}-01`];
  traces.answer(`/reports/report-${orderId}/carrier`, {
    env: env.map((value) => ({ name: 'TRACEPARENT', value })),
    annotations: {},
  });
  return [
    span(1, { service: 'browser', kind: 1 }),
    span(2, { kind: 2 }),
    span(3, { kind: 4, parentSpanId: idOf(2), attributes }),
    span(4, { service: 'poller', kind: 5, traceId: otherId, parentSpanId: idOf(8), attributes }),
    span(8, { name: 'store template', traceId: otherId, parentSpanId: '' }),
  ];
}
