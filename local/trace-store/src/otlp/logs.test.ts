import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode, hex, inside, text } from '../testing/protobuf.ts';
import { testStore } from '../testing/store.ts';

const traceId = 'ab'.repeat(16);
const spanId = 'cd'.repeat(8);
const store = await testStore({ maxLogBytes: 2_000 });

const post = (body: string | Uint8Array<ArrayBuffer>, type: string) =>
  store.post('/v1/logs', body, { 'content-type': type });

async function linesOf(id: string, more = '') {
  const { status, text } = await store.get(`/api/logs?traceId=${id}${more}`);
  return { status, answer: JSON.parse(text) as { logs?: Array<{ body: string }> } };
}

const asJson = (...bodies: string[]) =>
  JSON.stringify({
    resourceLogs: [
      {
        scopeLogs: [
          { logRecords: bodies.map((stringValue) => ({ traceId, spanId, body: { stringValue } })) },
        ],
      },
    ],
  });

/** Encodes a request with one record that has ids and a body. */
const asProtobuf = (body: string) =>
  encode(inside(1, inside(2, inside(2, inside(5, text(1, body)), hex(9, traceId), hex(10, spanId)))));

test('lines are taken as JSON and as protobuf', async () => {
  assert.deepEqual(await post(asJson('as JSON'), 'application/json'), {
    status: 200,
    text: '{"partialSuccess":{}}',
  });
  assert.deepEqual(await post(asProtobuf('as protobuf'), 'application/x-protobuf'), {
    status: 200,
    text: '\n\0',
  });
  const { answer } = await linesOf(traceId.toUpperCase());
  assert.deepEqual(answer.logs?.map(({ body }) => body).toSorted(), ['as JSON', 'as protobuf']);
});

test('lines that have no room are counted in the answer', async () => {
  const { status, text } = await post(asJson('x'.repeat(900)), 'application/json');
  assert.equal(status, 200);
  assert.match(text, /^\{"partialSuccess":\{"rejectedLogRecords":"1","errorMessage":"trace /);
});

test('what can not be read as lines is refused', async () => {
  assert.equal((await post('{"resourceLogs":1}', 'application/json')).status, 400);
  assert.equal((await post('a line', 'text/plain')).status, 415);
});

test('a trace without lines has none, and an id must be one', async () => {
  assert.deepEqual(await linesOf('f'.repeat(32)), { status: 200, answer: { logs: [] } });
  for (const id of ['', 'no-hex']) assert.equal((await linesOf(id)).status, 400);
});

test('the lines of one span are asked for by its id', async () => {
  const { answer } = await linesOf(traceId, `&spanId=${spanId.toUpperCase()}`);
  assert.equal(answer.logs?.length, 2);
  assert.deepEqual((await linesOf(traceId, '&spanId=1')).answer, { logs: [] });
  for (const id of ['no-hex', '1'.repeat(17)])
    assert.equal((await linesOf(traceId, `&spanId=${id}`)).status, 400);
});
