import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  TracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace';
import { SpanStore } from '../model/span-store.ts';
import { readSpansInto } from './files.ts';
import { Sink } from './input.ts';
import { readJson } from './json-lines.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lint-files-'));
});
after(() => rm(folder, { recursive: true }));

/** What is read of a file: its spans as `service name`, and what could not be read, without the folder. */
async function read(content: string | Uint8Array): Promise<{ spans: string[]; problems: string[] }> {
  const path = join(folder, 'spans');
  await writeFile(path, content);
  const sink = new Sink(new SpanStore());
  await readSpansInto(sink, path);
  const { store } = sink;
  const spans = Array.from(
    { length: store.size },
    (_, span) => `${store.serviceOf(span)} ${store.nameOf(span)}`,
  );
  return { spans, problems: sink.problems.map((problem) => problem.replaceAll(`${folder}/`, '')) };
}

const span = (name: string, more: object = {}) => ({
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  name,
  kind: 'SPAN_KIND_SERVER',
  startTimeUnixNano: '1700000000000000000',
  endTimeUnixNano: '1700000000001000000',
  ...more,
});
const otlp = (...spans: object[]) => ({
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
      scopeSpans: [{ spans }],
    },
  ],
});
const whole = { spans: ['shop a', 'shop b'], problems: [] };
const [a, b] = [otlp(span('a')), otlp(span('b', { spanId: 'b7ad6b7169203332' }))];

test('JSON is read whole, by lines, and in a row', async () => {
  const both = { resourceSpans: [...a.resourceSpans, ...b.resourceSpans] };
  for (const text of [
    JSON.stringify(both),
    JSON.stringify(both, undefined, 2),
    `${JSON.stringify(a)}\n\n${JSON.stringify(b)}\n`,
    `${JSON.stringify(a)}\r\n${JSON.stringify(b)}`,
    JSON.stringify([a, b]),
    JSON.stringify([a, b], undefined, 1),
    `${JSON.stringify({ result: a })}${JSON.stringify({ result: b })}`,
    JSON.stringify({ trace: both }),
    JSON.stringify({ batches: both.resourceSpans }),
    `﻿${JSON.stringify(both)}`,
    Buffer.from(`﻿${JSON.stringify(both)}`, 'utf16le'),
    `{"resourceMetrics":[]}\n${JSON.stringify(a)}\n${JSON.stringify(b)}`,
  ])
    assert.deepEqual(await read(text), whole, String(text).slice(0, 60));
});

test('what is packed by gzip is unpacked, also in pieces', async () => {
  const text = `${JSON.stringify(a)}\n${JSON.stringify(b)}\n`;
  assert.deepEqual(await read(gzipSync(text)), whole);
  const [first, second] = [gzipSync(`${JSON.stringify(a)}\n`), gzipSync(`${JSON.stringify(b)}\n`)];
  assert.deepEqual(await read(Buffer.concat([first, second])), whole);
});

test('any split of the bytes gives the same', async () => {
  const text = JSON.stringify(
    { resourceSpans: [...a.resourceSpans, ...b.resourceSpans], x: '\\"]}' },
    undefined,
    1,
  );
  for (const size of [1, 7, 100]) {
    const sink = new Sink(new SpanStore());
    const bytes = Buffer.from(text);
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    );
    await readSpansInto(sink, '-', () => Readable.from(pieces));
    assert.deepEqual([sink.store.size, sink.problems], [2, []]);
  }
});

const indented = (value: object) => JSON.stringify(value, undefined, 2);

test('a value over many lines may follow one of a single line', async () => {
  assert.deepEqual(await read(`${JSON.stringify(a)}\n${indented(b)}\n`), whole);
  const cut = `${JSON.stringify(a)}\n${JSON.stringify(a).slice(0, 50)}\n${JSON.stringify(b)}\n`;
  const { spans, problems } = await read(cut);
  assert.deepEqual([spans, problems.length], [whole.spans, 1]);
  assert.match(problems.join(), /^spans:2: not JSON/);
});

test('a line that is too long for a text is taken apart', async () => {
  const first = JSON.stringify(a);
  const second = `{"resourceSpans":[{"scopeSpans":nul},${JSON.stringify(b.resourceSpans[0])}]}`;
  const pieces = [first, '\n', second.slice(0, 70), second.slice(70)].map((piece) => Buffer.from(piece));
  const sink = new Sink(new SpanStore());
  await readJson(sink, 'spans', Readable.from(pieces), first.length);
  assert.deepEqual([sink.store.size, sink.problems.length], [2, 1]);
  assert.match(sink.problems.join(), /^spans:2: not JSON/);
});

test('ids in base64, as the mapping of protobuf has them, are read', async () => {
  const base64 = span('a', { traceId: 'CvdlGRbNQ92ESOshHIAxnA==', spanId: 't61rcWkgMzE=' });
  const path = join(folder, 'spans');
  await writeFile(path, JSON.stringify(otlp(base64)));
  const sink = new Sink(new SpanStore());
  await readSpansInto(sink, path);
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
  await readSpansInto(sink, '-', () => Readable.from([Buffer.from(JSON.stringify(otlp(...spans)))]));
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

test('what is packed otherwise says by what', async () => {
  const zstd = Buffer.from('28b52ffd0400010203', 'hex');
  const expected = 'Expected OTLP JSON or protobuf, packed by gzip or not.';
  assert.deepEqual((await read(zstd)).problems, [
    `spans: the file is packed by zstd. Unpack it first. ${expected}`,
  ]);
  // The Collector's file exporter packs each message by itself.
  assert.deepEqual((await read(Buffer.concat([Buffer.from([0, 0, 0, 9]), zstd]))).problems, [
    `spans: each message of the file is packed by zstd, which no program unpacks as one file. Turn off \`compression\` in the Collector's file exporter. ${expected}`,
  ]);
  const framed = Buffer.from('000000021001', 'hex');
  assert.match((await read(framed)).problems.join(), /not OTLP at byte 6 \(a message without spans\)/);
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
  await readSpansInto(sink, '-', () => Readable.from([Buffer.from(answer)]));
  assert.deepEqual(sink.notes, ['standard input:1: Tempo sent only a part of the trace.']);
});

const notesOf = async (answer: object) => {
  const sink = new Sink(new SpanStore());
  const text = JSON.stringify(answer, undefined, 2);
  await readSpansInto(sink, '-', () =>
    Readable.from(Array.from(Buffer.from(text), (byte) => Buffer.of(byte))),
  );
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

/** A span of the SDK's, as its exporter puts it into protobuf. */
function sdkSpans(): ReadableSpan[] {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'shop' }),
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer('test');
  for (const name of ['a', 'b'])
    tracer.startSpan(name, { attributes: { 'messaging.message.id': name } }).end();
  return exporter.getFinishedSpans();
}

test('protobuf is read bare, after its length, and packed', async () => {
  const message = ProtobufTraceSerializer.serializeRequest(sdkSpans());
  assert.ok(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(message.length);
  for (const bytes of [message, Buffer.concat([length, message]), gzipSync(message)])
    assert.deepEqual(await read(bytes), whole);
  assert.equal((await read(Buffer.concat([message, message]))).spans.length, 4);
  const { problems } = await read(message.subarray(0, -3));
  assert.match(problems.join(), /^spans: not OTLP at byte \d+ \(/);
});

test('a line that is not JSON is named, and the others are read', async () => {
  const { spans, problems } = await read(`${JSON.stringify(a)}\n{"resourceSp\nhello\n${JSON.stringify(b)}\n`);
  assert.deepEqual(spans, whole.spans);
  assert.equal(problems.length, 2);
  assert.match(problems[0] ?? '', /^spans:2: not JSON \(.+\): "\{\\"resourceSp"\. Expected OTLP JSON\.$/);
  assert.match(problems[1] ?? '', /^spans:3: not JSON/);
});

test('what is cut off is said with its line', async () => {
  const text = JSON.stringify(a, undefined, 1);
  const { problems } = await read(text.slice(0, -20));
  assert.match(problems.join(), /^spans:\d+: the file ends before its JSON does/);
  const { problems: packed } = await read(gzipSync(text).subarray(0, -20));
  assert.match(packed.join(), /spans.*: .*unexpected end of file/);
  assert.match((await read('')).problems.join(), /^spans: the file is empty/);
  assert.match((await read('\n\n')).problems.join(), /^spans: the file is empty/);
});

test('what is not OTLP, and a file that is not there, is said', async () => {
  assert.match((await read('{"spans":[]}')).problems.join(), /^spans:1: got .+Expected OTLP JSON/);
  assert.match((await read('{\n"spans":[]\n}')).problems.join(), /^spans: got JSON without "resourceSpans"/);
  assert.match((await read('hello')).problems.join(), /^spans:1: not JSON/);
  assert.match((await read(Buffer.from([0, 1, 2, 3, 4, 5]))).problems.join(), /^spans: not OTLP at byte/);
  const sink = new Sink(new SpanStore());
  await readSpansInto(sink, join(folder, 'absent'));
  assert.match(sink.problems.join(), /absent: ENOENT/);
});

test('a span without ids is named with its line, and the others are read', async () => {
  const none = otlp(
    span('x', { traceId: '' }),
    span('y', { spanId: '0000000000000000' }),
    span('z', { parentSpanId: 'q' }),
  );
  const { spans, problems } = await read(`${JSON.stringify(none)}\n${JSON.stringify(a)}\n`);
  assert.deepEqual(spans, ['shop a']);
  assert.equal(problems.length, 3);
  for (const problem of problems) assert.match(problem, /^spans:1: got a span with/);
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
    kind: 'hello',
    startTimeUnixNano: 'soon',
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
