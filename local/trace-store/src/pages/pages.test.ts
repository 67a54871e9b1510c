import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spanId, testStore } from '../testing/store.ts';

const ID = { a: 'a'.repeat(32), b: 'b'.repeat(32), c: 'c'.repeat(32) };
const HOSTILE = `"><img src=x onerror="broken()"><script>broken()</script>'`;
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const { post, get, send } = await testStore();
const page = (path: string, accept = BROWSER) => get(path, accept);

/** Counts the headings of the traces on a page. */
const titles = (text: string) => [...text.matchAll(/<h2[^>]*>([^]*?)<\/h2>/g)].length;

test('a browser gets a page and every other caller text', async () => {
  await send('writer', { traceId: ID.a, name: 'POST /orders' });
  for (const path of ['/', `/trace/${ID.a}`]) {
    const html = await page(path);
    assert.deepEqual([html.status, html.headers.get('content-type')], [200, 'text/html; charset=utf-8']);
    assert.equal(html.headers.get('vary'), 'accept');
    for (const accept of ['*/*', 'text/plain', 'text/plain, text/html;q=0.5', 'application/json, */*']) {
      const { headers } = await page(path, accept);
      assert.equal(headers.get('content-type'), 'text/plain; charset=utf-8', `${path} ${accept}`);
    }
  }
  const text = await page(`/trace/${ID.a}?format=text`);
  assert.match(text.text, /^trace a{32} · 1 span/);
});

test('a page allows its own style sheet and nothing else', async () => {
  const { headers, text } = await page('/');
  const policy = headers.get('content-security-policy') ?? '';
  assert.match(policy, /^default-src 'none'; style-src 'self';/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.doesNotMatch(policy, /unsafe|script-src/);
  assert.doesNotMatch(text, / style=|<script|<style/);
  const [, address] = /href="([^"]+\.css)"/.exec(text) ?? [];
  const styles = await page(address ?? '', 'text/css');
  assert.deepEqual([styles.status, styles.headers.get('content-type')], [200, 'text/css; charset=utf-8']);
});

test('what senders and callers name stays text', async () => {
  const attributes = [{ key: HOSTILE, value: { stringValue: HOSTILE } }];
  await send(HOSTILE, {
    traceId: ID.b,
    name: `${HOSTILE}\u202E`,
    status: { code: 2, message: HOSTILE },
    attributes,
  });
  const body = { stringValue: HOSTILE };
  const line = { traceId: ID.b, spanId: spanId(1), body, severityText: HOSTILE, attributes };
  const resourceLogs = [{ scopeLogs: [{ logRecords: [line] }] }];
  assert.equal((await post('/v1/logs', JSON.stringify({ resourceLogs }))).status, 200);
  const hostile = encodeURIComponent(HOSTILE);
  const paths = [
    '/',
    `/trace/${ID.b}`,
    `/trace/${hostile}`,
    `/?service=${hostile}&name=${hostile}&min=${hostile}`,
  ];
  for (const path of paths) {
    const { text } = await page(path);
    assert.doesNotMatch(text, /<img|<script|\u202E/, path);
  }
  const { text } = await page(`/trace/${ID.b}`);
  assert.equal(text.split('onerror=&quot;broken()&quot;').length - 1 > 5, true);
});

test('a page shows linked traces and leads to them', async () => {
  const links = [{ traceId: ID.a, spanId: spanId(1) }];
  await send('poller', { traceId: ID.c, spanId: spanId(2), name: 'process orders', links });
  for (const [id, other] of [
    [ID.a, ID.c],
    [ID.c, ID.a],
  ]) {
    const { text } = await page(`/trace/${id}`);
    assert.equal(titles(text), 2);
    assert.ok(text.includes(`<a href="/trace/${other}">its own page</a>`));
    assert.ok(text.includes(`<a href="#${ID.a}-${spanId(1)}">`), 'to the row on this page');
    assert.ok(text.includes(`id="${ID.a}-${spanId(1)}"`));
  }
});

test('a link to what is not here leads to its page', async () => {
  const gone = 'd'.repeat(32);
  const traceId = 'e'.repeat(32);
  const links = [{ traceId: gone, spanId: spanId(9) }];
  await send('poller', { traceId, name: 'alone', links });
  const { text } = await page(`/trace/${traceId}`);
  assert.ok(text.includes(`<a href="/trace/${gone}#${gone}-${spanId(9)}">`));
  const { status, text: missing } = await page(`/trace/${gone}`);
  assert.equal(status, 404);
  assert.match(missing, /No trace d{32} is here/);
});

/** Returns the first digit of the id of each trace that a search finds. */
async function found(query: string): Promise<Array<string | undefined>> {
  const { text } = await page(`/?${query}`, 'text/plain');
  return [...text.matchAll(/trace\/([0-9a-f])/g)].map(([, digit]) => digit);
}

test('the list is narrowed by service, name, duration and error', async () => {
  const failed = { code: 2 };
  await send('narrow', {
    traceId: '1'.repeat(32),
    name: 'slow report',
    endTimeUnixNano: '1700000000900000000',
  });
  await send('narrow', { traceId: '2'.repeat(32), name: 'quick REPORT', status: failed });
  assert.deepEqual(await found('service=narrow'), ['2', '1']);
  assert.deepEqual(await found('service=narrow&name=slow'), ['1']);
  assert.deepEqual(await found('name=Report'), ['2', '1']);
  assert.deepEqual(await found('service=narrow&min=500ms'), ['1']);
  assert.deepEqual(await found('service=narrow&errors=on'), ['2']);
  assert.deepEqual(await found('service=writer&errors=on'), []);
});

test('a duration that can not be read is said', async () => {
  for (const accept of [BROWSER, '*/*']) {
    const { status, text } = await page('/?min=5', accept);
    assert.equal(status, 400);
    assert.match(text, /can(&#39;|')t be read. Expected a number with a unit, such as 250ms/);
  }
});
