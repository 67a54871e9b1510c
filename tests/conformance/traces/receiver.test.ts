import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { backends, type Backend } from './backends.ts';
import { bodyOf } from './seed.ts';
import { newTraceId, post, RAW, readTrace } from './client.ts';

const json = { 'content-type': 'application/json' };
const accepted = { status: 200, type: 'application/json' };
const invalid = { status: 400, type: 'application/json' };
const wrongType = { status: 415, type: 'text/plain' };

const posts = [
  ['an empty object', '{}', json, accepted],
  [
    'a charset beside the content type',
    '{}',
    { 'content-type': 'application/json; charset=utf-8' },
    accepted,
  ],
  ['a content type in upper case', '{}', { 'content-type': 'Application/JSON' }, accepted],
  ['null', 'null', json, accepted],
  ['only unknown fields', '{"foo":5}', json, accepted],
  ['a resource without spans', '{"resourceSpans":[{},{"scopeSpans":[{"spans":[]}]}]}', json, accepted],
  ['a gzipped body', gzipSync('{}'), { ...json, 'content-encoding': 'gzip' }, accepted],
  ['no JSON', '{bad', json, invalid],
  ['half a body', '{"resourceSpans":[', json, invalid],
  ['an empty body', '', json, invalid],
  ['an array', '[]', json, invalid],
  ['spans that are a number', '{"resourceSpans":5}', json, invalid],
  ['a body that only claims gzip', '{}', { ...json, 'content-encoding': 'gzip' }, invalid],
  ['an unknown encoding', '{}', { ...json, 'content-encoding': 'foo' }, invalid],
  ['a body of 30 MB', ' '.repeat(30_000_000), json, invalid],
  [
    '30 MB that were gzipped',
    gzipSync(' '.repeat(30_000_000)),
    { ...json, 'content-encoding': 'gzip' },
    invalid,
  ],
  ['plain text', '{}', { 'content-type': 'text/plain' }, wrongType],
  ['a form', '{}', { 'content-type': 'application/x-www-form-urlencoded' }, wrongType],
] as const;

for (const backend of backends) {
  for (const [name, body, headers, verdict] of posts) {
    test(`${backend.name} is posted ${name}`, async () => {
      const { status, type, body: answer } = await post(backend, body, headers);
      assert.deepEqual({ status, type }, verdict);
      if (verdict === invalid) assert.equal((JSON.parse(answer) as { code: number }).code, 3);
    });
  }

  test(`${backend.name} takes no other method`, async () => {
    const response = await fetch(`${backend.otlpUrl}/v1/traces`);
    assert.equal(response.status, 405);
    assert.equal(await response.text(), '405 method not allowed, supported: [POST]');
  });

  test(`${backend.name} has no other signal's path on an OTLP port`, async () => {
    const response = await fetch(`${backend.otlpUrl}/v1/nothing`, {
      method: 'POST',
      body: '{}',
      headers: json,
    });
    assert.equal(response.status, 404);
  });

  for (const [name, id] of [
    ['too short', 'aa'],
    ['no hex', 'z'.repeat(32)],
    ['null', null],
  ] as const) {
    test(`${backend.name} refuses the whole post for one trace id that is ${name}`, async () => {
      const good = newTraceId();
      const answer = await post(backend, bodyOf('contract', [{ traceId: good }, { traceId: id }]));
      assert.equal(answer.status, 400, answer.body);
      assert.deepEqual((await fetch(`${backend.queryUrl}/api/v3/traces/${good}`)).status, 404);
    });
  }

  test(`${backend.name} keeps the spans of a gzipped post`, async () => {
    const traceId = newTraceId();
    const body = gzipSync(bodyOf('contract', [{ traceId, spanId: '00000000000000a1' }]));
    assert.equal((await post(backend, body, { ...json, 'content-encoding': 'gzip' })).status, 200);
    assert.equal((await readTrace(backend, traceId))[0]?.spans.length, 1);
  });

  test(`${backend.name} returns a span posted twice once`, async () => {
    const traceId = newTraceId();
    await postTwiceThenMarker(backend, traceId);
    const [raw] = await readTrace(backend, traceId, 3, RAW);
    assert.equal(raw?.spans.length, 3, 'and to a raw read twice');
    const [chunk] = await readTrace(backend, traceId, 2);
    assert.deepEqual(
      chunk?.spans.map(({ name }) => name),
      ['twice', 'marker'],
    );
  });
}

/** Sends the marker last, so that when it can be read, the repetition has been processed, too. */
async function postTwiceThenMarker(backend: Backend, traceId: string): Promise<void> {
  const twice = bodyOf('contract', [{ traceId, spanId: '00000000000000a1', name: 'twice' }]);
  await post(backend, twice);
  await post(backend, twice);
  await post(backend, bodyOf('contract', [{ traceId, spanId: '00000000000000a2', name: 'marker' }]));
}
