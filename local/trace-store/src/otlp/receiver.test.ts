import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { test } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import { bytes, encode, inside, requestWith, text, varint, type Part } from '../testing/protobuf.ts';
import { testStore } from '../testing/store.ts';
import { maxBodyBytes } from './receiver.ts';

// tests/conformance/traces tests what the store has in common with Jaeger's receiver. These tests cover the differences.
const warnings: string[] = [];
const store = await testStore({ warn: (message) => void warnings.push(message) });

const post = (
  body: string | Uint8Array<ArrayBuffer>,
  type = 'application/json',
  headers: Record<string, string> = {},
) => store.post('/v1/traces', body, { 'content-type': type, ...headers });

function spanWith(fields: object): string {
  const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), ...fields };
  return JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
}

const PROTOBUF = 'application/x-protobuf';

/** Encodes a request with one span. */
const protobufRequest = (...span: Part[]) => encode(inside(1, inside(2, inside(2, ...span))));

test('a type of neither encoding is refused with those that are taken', async () => {
  const { status, text } = await post('{}', 'text/plain');
  assert.equal(status, 415);
  assert.match(text, /supported: \[application\/json, application\/x-protobuf\]$/);
  assert.match(warnings.at(-1) ?? '', /refused a post with content type text\/plain; expected one of/);
});

test('spans without ids are reported as a partial success', async () => {
  const { status, text } = await post(spanWith({ traceId: '' }));
  assert.equal(status, 200);
  const { partialSuccess } = JSON.parse(text) as {
    partialSuccess: { rejectedSpans: string; errorMessage: string };
  };
  assert.equal(partialSuccess.rejectedSpans, '1');
  assert.match(partialSuccess.errorMessage, /needs a traceId/);
});

test('protobuf gets its partial success and its refusal as protobuf', async () => {
  const partial = await post(protobufRequest(text(5, 'no ids')), PROTOBUF);
  assert.equal(partial.status, 200);
  // partial_success of any length, with rejected_spans = 1 and an error_message.
  assert.ok(partial.text.startsWith('\n') && partial.text.includes('\b\u0001\u0012'), partial.text);
  assert.match(partial.text, /a span needs a traceId/);
  const refusal = await post(protobufRequest(bytes(1, 0, 0, 0)), PROTOBUF);
  assert.equal(refusal.status, 400);
  // code = 3 and a message.
  assert.ok(refusal.text.startsWith('\b\u0003\u0012'), refusal.text);
  assert.match(refusal.text, /resourceSpans\.0\.scopeSpans\.0\.spans\.0\.traceId: /);
});

for (const [field, value, says] of [
  ['name', 5, 'Invalid input: expected string, received number'],
  ['startTimeUnixNano', 'soon', 'expected an unsigned integer'],
  ['startTimeUnixNano', '-1', 'expected an unsigned integer'],
  ['droppedLinksCount', 'many', 'expected an unsigned integer'],
] as const) {
  test(`a refusal names the field ${field}: ${value}`, async () => {
    const { status, text } = await post(spanWith({ [field]: value }));
    const { message } = JSON.parse(text) as { message: string };
    assert.equal(status, 400);
    assert.equal(message, `resourceSpans.0.scopeSpans.0.spans.0.${field}: ${says}`);
  });
}

for (const [depth, status] of [
  [16, 200],
  [17, 400],
  [100_000, 400],
] as const) {
  test(`a value ${depth} lists deep is answered ${status}`, async () => {
    const value = '{"arrayValue":{"values":['.repeat(depth) + '{"intValue":1}' + ']}}'.repeat(depth);
    const body = spanWith({ attributes: [{ key: 'deep', value: '@' }] }).replace('"@"', value);
    assert.equal((await post(body)).status, status);
  });
}

for (const [depth, status] of [
  [16, 200],
  [17, 400],
  [3_000, 400],
] as const) {
  test(`a value ${depth} lists deep as protobuf is answered ${status}`, async () => {
    let value = encode(varint(3, 1));
    for (let level = 0; level < depth; level++) value = encode(inside(5, bytes(1, ...value)));
    const body = requestWith('1'.repeat(32), '1'.repeat(16), inside(9, bytes(2, ...value)));
    assert.equal((await post(body, PROTOBUF)).status, status);
  });
}

for (const [host, status, code] of [
  ['a b', 400, 3],
  ['evil.example', 403, 7],
] as const) {
  test(`the host ${host} is refused with code ${code}`, async () => {
    const sent = request(`${store.otlpUrl}/v1/traces`, { method: 'POST', headers: { host } }).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    assert.equal(response.statusCode, status);
    assert.equal(((await json(response)) as { code: number }).code, code);
  });
}

test('a body of the largest size is taken', async () => {
  const empty = spanWith({ name: '' });
  const fits = spanWith({ name: 'x'.repeat(maxBodyBytes - empty.length) });
  assert.equal(fits.length, maxBodyBytes);
  assert.equal((await post(fits)).status, 200);
  assert.equal((await post(`${fits} `)).status, 400);
});

test('10,000 spans in 100 posts are all there', async () => {
  const large = await testStore();
  for (let post = 0; post < 100; post++) {
    const spans = Array.from({ length: 100 }, (_unused, index) => ({
      traceId: `${post * 10 + Math.floor(index / 10) + 1}`.padStart(32, '0'),
      spanId: `a${index % 10}`.padStart(16, '0'),
    }));
    await large.send('writer', ...spans);
  }
  const stats = JSON.parse((await large.get('/readyz')).text) as { traces: number; spans: number };
  assert.deepEqual([stats.traces, stats.spans], [1_000, 10_000]);
});

test('a compression that is not known is named with those that are', async () => {
  const zstd = new Uint8Array(zstdCompressSync(spanWith({})));
  assert.equal((await post(zstd, 'application/json', { 'content-encoding': 'zstd' })).status, 200);
  const { status, text } = await post('{}', 'application/json', { 'content-encoding': 'snappy' });
  assert.equal(status, 400);
  assert.match(text, /unsupported content encoding .*snappy.*, supported: \[gzip, deflate, br, zstd\]/);
});
