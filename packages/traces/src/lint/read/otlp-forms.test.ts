import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { SpanStore } from '../model/span-store.ts';
import { file } from '../../testing/folder.ts';
import { a, b, otlp, read, span, whole } from '../../testing/lint-file.ts';
import { readSpansInto } from './files.ts';
import { Sink } from './input.ts';

test('ids in base64, as the mapping of protobuf has them, are read', async () => {
  const base64 = span('a', { traceId: 'CvdlGRbNQ92ESOshHIAxnA==', spanId: 't61rcWkgMzE=' });
  const sink = new Sink(new SpanStore());
  await readSpansInto(sink, await file('spans', otlp(base64)));
  assert.equal(sink.store.traceIdOf(0), '0af7651916cd43dd8448eb211c80319c');
  assert.equal(sink.store.spanIdOf(0), 'b7ad6b7169203331');
});

test('a parent of zeros is none, and a short trace id is filled up', async () => {
  const short = '8448eb211c80319c';
  const sink = new Sink(new SpanStore());
  const spans = [
    span('a', { traceId: short, parentSpanId: 'AAAAAAAAAAA=' }),
    span('b', { traceId: short.padStart(32, '0'), spanId: '0000000000000002' }),
  ];
  await readSpansInto(sink, '-', Readable.from([Buffer.from(JSON.stringify(otlp(...spans)))]));
  assert.deepEqual(sink.problems, []);
  assert.deepEqual(
    [0, 1].map((at) => sink.store.traceIdOf(at)),
    Array(2).fill(short.padStart(32, '0')),
  );
  assert.equal(sink.store.hasParent(0), false);
});

test('the names of the .proto file are read', async () => {
  const snake = JSON.stringify({ resource_spans: [...a.resourceSpans, ...b.resourceSpans] }).replaceAll(
    /"\w+":/g,
    (key) => key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  );
  assert.match(snake, /"scope_spans".+"string_value"/);
  assert.deepEqual(await read(snake), whole);
  assert.deepEqual(await read(JSON.stringify(JSON.parse(snake), undefined, 1)), whole);
});

test('the JSON of another system is named', async () => {
  const jaeger = { data: [{ traceID: '1', spans: [] }] };
  assert.match((await read(JSON.stringify(jaeger))).problems.join(), /This is Jaeger's older JSON: GET/);
  assert.match((await read('[{"traceId":"1","id":"2"}]')).problems.join(), /This is Zipkin's JSON\./);
});

const problemsOf = async (value: unknown) =>
  (await read(JSON.stringify(value, undefined, 2))).problems.join();

test('the JSON of another system is named over many lines, too', async () => {
  const jaeger = { data: [{ traceID: '1', spans: [{ traceID: '1' }] }], total: 0 };
  assert.match(
    await problemsOf(jaeger),
    /^spans: got JSON without "resourceSpans"\. This is Jaeger's older JSON: GET/,
  );
  assert.match(await problemsOf([{ traceId: '1', id: '2', tags: {} }]), /This is Zipkin's JSON\./);
  assert.match(await problemsOf({ name: 'a', context: {}, parent_id: null }), /Python's console exporter:/);
  assert.match(await problemsOf({ resource: {}, scopeSpans: [] }), /put each resource on one line\./);
  assert.doesNotMatch(await problemsOf({ said: 'traceID', spans: [[{ traceID: '1' }]] }), /This is/);
});

test('no spans over many lines are none on one', async () => {
  for (const value of [
    { resourceSpans: null },
    { result: { resourceSpans: null } },
    { resourceMetrics: [{}] },
  ])
    for (const indent of [0, 2])
      assert.deepEqual(
        (await read(JSON.stringify(value, undefined, indent))).problems,
        [],
        JSON.stringify(value),
      );
});

test('a part of a trace is said to be one', async () => {
  const sink = new Sink(new SpanStore());
  const answer = JSON.stringify({ trace: a, status: 'PARTIAL', message: 'trace exceeds max size' });
  await readSpansInto(sink, '-', Readable.from([Buffer.from(answer)]));
  assert.deepEqual(sink.notes, ['standard input:1: Tempo sent only a part of the trace.']);
});

const notesOf = async (answer: object) => {
  const sink = new Sink(new SpanStore());
  const text = JSON.stringify(answer, undefined, 2);
  await readSpansInto(sink, '-', Readable.from(Array.from(Buffer.from(text), (byte) => Buffer.of(byte))));
  return sink.notes;
};

test('a part of a trace is said to be one over many lines, too', async () => {
  const note = ['standard input: Tempo sent only a part of the trace.'];
  assert.deepEqual(await notesOf({ trace: a, status: 'PARTIAL', message: 'too large' }), note);
  assert.deepEqual(await notesOf({ trace: a, status: 'PARTIAL' }), note);
  assert.deepEqual(await notesOf({ status: 'PARTIAL', trace: a }), note);
  for (const whole of [
    { trace: a, status: 'COMPLETE' },
    { trace: a, status: null, message: 'PARTIAL' },
  ])
    assert.deepEqual(await notesOf(whole), []);
  assert.deepEqual(await notesOf({ trace: a, inner: { status: 'PARTIAL' } }), []);
});

test('values of any form are taken, and nothing of them stays', async () => {
  const odd = span('a', {
    name: 'a',
    attributes: [
      { key: 'big', value: { stringValue: 'x'.repeat(10_000_000) } },
      null,
      { key: 'messaging.system' },
    ],
    links: [{}, null],
    kind: { toString: 1 },
    status: { code: { toString: 1 } },
    startTimeUnixNano: 'soon',
    endTimeUnixNano: { toString: 1 },
    flags: { toString: 1 },
  });
  assert.deepEqual(await read(JSON.stringify(otlp(odd, {}))), {
    spans: ['shop a'],
    problems: ['spans:1: got a span with the trace id missing. Expected 32 hex digits, not all zeros.'],
  });
  assert.equal(
    (await read('{"resourceSpans":[null,5,{"scopeSpans":5},{"scopeSpans":[null,{"spans":[7]}]}]}')).problems
      .length,
    3,
  );
});
