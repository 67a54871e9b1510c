import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startTraceStore } from '../index.ts';

const [first, second, third] = ['a', 'b', 'c'].map((letter) => letter.repeat(32)) as [string, string, string];
const store = await startTraceStore({ maxTraces: 3 });
after(() => store.close());

async function send(...spans: object[]): Promise<void> {
  const times = { startTimeUnixNano: '1700000000000000000', endTimeUnixNano: '1700000000010000000' };
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'writer' } }] };
  const timed = spans.map((span, index) => ({ spanId: `${index + 1}`.padStart(16, '0'), ...times, ...span }));
  const body = JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: timed }] }] });
  const headers = { 'content-type': 'application/json' };
  const { status } = await fetch(`${store.otlpUrl}/v1/traces`, { method: 'POST', body, headers });
  assert.equal(status, 200);
}

async function page(
  path: string,
): Promise<{ status: number; type: string | null; nosniff: string | null; text: string }> {
  const response = await fetch(store.queryUrl + path);
  const { status, headers } = response;
  return {
    status,
    type: headers.get('content-type'),
    nosniff: headers.get('x-content-type-options'),
    text: await response.text(),
  };
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
  const links = [{ traceId: first, spanId: '1'.padStart(16, '0') }];
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
    { traceId: third, name: 'GET /orders\u001b[2J', parentSpanId: '9'.padStart(16, '0') },
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
    ...(index > 0 ? { parentSpanId: `${index}`.padStart(16, '0') } : {}),
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
