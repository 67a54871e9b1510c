import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { rowsIn } from './support/page.ts';
import { setStubStage } from './support/stub-stage.ts';

const MARKUP = `<img src=x onerror="document.title='broken'">`;
const SCRIPT = `javascript:document.title='broken'`;

const stage = setStubStage();

test('hostile names, errors, attributes and events stay text', async () => {
  const { span, show } = stage;
  const { page, problems } = await show([
    span(1, {
      name: MARKUP,
      service: MARKUP,
      attributes: { '<b>key</b>': `${SCRIPT}${MARKUP}` },
      events: [{ name: MARKUP, attributes: { [MARKUP]: MARKUP } }],
    }),
    span(2, { name: '\u202Egnp.evil\u0007', error: MARKUP }),
  ]);
  assert.deepEqual(await rowsIn(page, 'a'), ['trace', MARKUP, '·gnp.evil·', 'note']);
  await page.locator('#slot-a .span-row').first().click();
  const details = await page.locator('#span-details').innerText();
  assert.ok(details.includes(`${SCRIPT}${MARKUP}`), 'the attribute');
  assert.ok(details.includes(`Event “${MARKUP}”`), 'the event');
  await assertNothingParsed(page, problems);
});

test('shows hostile carriers, orders, and Jobs as text', async () => {
  const { traces, orderId, span, setOrder, show } = stage;
  setOrder({ status: 'failed', error: MARKUP, report: true });
  const killed = {
    attempt: 1,
    pod: MARKUP,
    phase: 'Failed',
    reason: MARKUP,
    exitCode: 137,
    finishedAt: MARKUP,
  };
  traces.answer(`/reports/report-${orderId}`, { phase: 'failed', attempts: [killed], maxAttempts: 1 });
  traces.answer(`/orders/${orderId}/carrier`, {
    document: {
      customer: MARKUP,
      [MARKUP]: SCRIPT,
      context: { traceparent: MARKUP, [MARKUP]: { a: SCRIPT } },
    },
  });
  traces.answer(`/reports/report-${orderId}/carrier`, {
    env: [{ name: MARKUP, value: SCRIPT }],
    annotations: { [MARKUP]: SCRIPT },
  });
  const { page, problems } = await show([
    span(1, { kind: 4, attributes: { 'demo.order.id': orderId } }),
    span(2, { service: 'report-job', kind: 5, attributes: { [`demo.carrier.${MARKUP}`]: SCRIPT } }),
  ]);
  await page.locator('#slot-a .card[data-carrier=document] dt', { hasText: `context.${MARKUP}` }).waitFor();
  const explained = await page.locator('#slot-a .explain').innerText();
  assert.ok(explained.includes(`after 1 attempt: ${MARKUP}`), 'the error of the order');
  assert.ok(explained.includes(`The Job failed: ${MARKUP}`), 'the reason of the Job');
  const cards = await page.locator('#slot-a .cards').innerText();
  for (const text of [`env ${MARKUP}`, `annotation ${MARKUP}`]) assert.ok(cards.includes(text), text);
  await assertNothingParsed(page, problems);
});

test('an address that asks for markup gets none', async () => {
  const hostile = encodeURIComponent(`"><script>document.title='broken'</script>`);
  const names = ['a', 'b', 'document', 'job', 'shape', 'failTimes', 'handlerMs', 'orders', 'customer'];
  const { page, problems } = await stage.open(`?${names.map((name) => `${name}=${hostile}`).join('&')}`);
  await page.click('#more-toggle');
  await assertNothingParsed(page, problems);
  assert.equal(await page.locator('#slot-a .prompt').count(), 1, 'nothing is opened');
});

test('an answer with markup is shown as text', async () => {
  const { page, problems } = await stage.open('');
  await page.route('**/api/runs', (route) =>
    route.fulfill({
      status: 502,
      contentType: 'application/problem+json',
      body: JSON.stringify({ detail: MARKUP }),
    }),
  );
  await page.click('#run');
  await page.locator('#notice', { hasText: MARKUP }).waitFor();
  await assertNothingParsed(page, problems);
});

test('markup in a page of the tutorial stays text', async () => {
  const { page, problems } = await stage.open('tutorial/1-joined-trace');
  const text = await page.locator('article').innerText();
  assert.ok(text.includes(`<script>document.title = 'broken'</script>`));
  assert.ok(text.includes('And <img src="x"'));
  assert.equal(await page.locator('article a', { hasText: 'a link that runs code' }).count(), 0);
  assert.equal(await page.locator('article img').count(), 1, 'the picture of the page itself');
  assert.match(await page.title(), /A page for the tests/);
  assert.deepEqual(problems, []);
});

test('what is not a page of the tutorial is not found', async () => {
  const { playground } = stage;
  for (const path of ['3-none', '..%2f..%2fpackage.json', 'images/none.png', 'README', '1-joined-trace.md'])
    assert.equal((await fetch(`${playground.url}/tutorial/${path}`)).status, 404, path);
});

/** Checks that no text became an element, a link target, or a script. */
async function assertNothingParsed(page: Page, problems: string[]): Promise<void> {
  assert.equal(
    await page
      .locator('main :is(img, script, b:not(.stop b, .trace-cell b)), dialog :is(img, script, b)')
      .count(),
    0,
  );
  const targets = await page
    .locator('a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  assert.ok(
    targets.every((href) => /^(http:\/\/127|\/tutorial\/)/.test(href ?? '')),
    targets.join(),
  );
  assert.match(await page.title(), /Beyond Headers/);
  assert.deepEqual(problems, []);
}
