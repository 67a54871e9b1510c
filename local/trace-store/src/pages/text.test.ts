import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spanId, testStore } from '../testing/store.ts';

const [first, second, third] = ['a', 'b', 'c'].map((letter) => letter.repeat(32)) as [string, string, string];
const store = await testStore({ maxTraces: 3 });
const send = (...spans: object[]) => store.send('writer', ...spans);

async function page(path: string) {
  const { status, headers, text } = await store.get(path);
  return { status, type: headers.get('content-type'), nosniff: headers.get('x-content-type-options'), text };
}

test('a trace has a page at the path of the UI', async () => {
  await send({ traceId: first, name: 'POST /orders', kind: 2 });
  const { status, type, nosniff, text } = await page(`/trace/${first}`);
  assert.deepEqual([status, type, nosniff], [200, 'text/plain; charset=utf-8', 'nosniff']);
  assert.match(text, new RegExp(`^trace ${first} · 1 span`));
  assert.match(text, /writer +SERVER ● POST \/orders +█+ +10 ms/);
  assert.match(text, new RegExp(`/api/v3/traces/${first}$`, 'm'));
});

test('linked traces are drawn from both ends', async () => {
  await send({ traceId: first, name: 'POST /orders', kind: 2 });
  const links = [{ traceId: first, spanId: spanId(1) }];
  await send({ traceId: second, name: 'process orders', kind: 5, links });
  for (const id of [first, second]) {
    const { text } = await page(`/trace/${id}`);
    assert.match(text, new RegExp(`trace ${first}`));
    assert.match(text, new RegExp(`trace ${second}`));
    assert.match(text, /↩ links to POST \/orders in trace aaaaaaaa/);
  }
});

test('a trace that is not here is said plainly', async () => {
  for (const id of ['f'.repeat(32), 'no-hex', '<script>alert(1)<%2Fscript>']) {
    const { status, type, nosniff, text } = await page(`/trace/${id}`);
    assert.deepEqual([status, type, nosniff], [404, 'text/plain; charset=utf-8', 'nosniff']);
    assert.match(text, /^No trace .+ is here/);
  }
});

test('the list has the newest trace first with its address', async () => {
  await send(
    { traceId: third, name: 'GET /orders\u001b[2J', parentSpanId: spanId(9) },
    { traceId: third, name: 'root' },
  );
  await send({ traceId: 'd'.repeat(32), name: 'newest' });
  const { text, type } = await page('/');
  const lines = text.trimEnd().split('\n');
  assert.equal(type, 'text/plain; charset=utf-8');
  assert.equal(lines[0], '3 traces, 1 older ones dropped');
  assert.match(
    lines[1] ?? '',
    new RegExp(`writer newest +1 spans  ${store.queryUrl}/trace/${'d'.repeat(32)}$`),
  );
  assert.match(lines[2] ?? '', /writer root +2 spans/);
  assert.equal(lines.length, 4);
});

test('a huge trace is drawn in part', async () => {
  const spans = Array.from({ length: 1_500 }, (_unused, index) => ({
    traceId: 'e'.repeat(32),
    name: 'deep',
    ...(index > 0 ? { parentSpanId: spanId(index) } : {}),
  }));
  await send(...spans);
  const { text } = await page(`/trace/${'e'.repeat(32)}`);
  assert.match(text, /^Only the first 1000 spans of this trace are drawn\.$/m);
  assert.equal(text.split('\n').filter((line) => line.startsWith('writer ')).length, 1_000);
});

test('liveness and readiness are answered with the numbers', async () => {
  assert.equal((await page('/livez')).status, 200);
  const { status, text } = await page('/readyz');
  assert.equal(status, 200);
  assert.equal((JSON.parse(text) as { traces: number }).traces, 3);
});

test('an unknown path is not found', async () => {
  assert.equal((await page('/api/v3/nothing')).status, 404);
});
