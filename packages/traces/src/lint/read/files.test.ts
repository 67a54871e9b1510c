import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  TracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace';
import { SpanStore } from '../model/span-store.ts';
import { folder } from '../../testing/folder.ts';
import { message } from '../../testing/lint.ts';
import { a, b, otlp, read, span, whole } from '../../testing/lint-file.ts';
import { readSpansInto } from './files.ts';
import { Sink } from './input.ts';
import { readJson } from './json-lines.ts';

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
    await readSpansInto(sink, '-', Readable.from(pieces));
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

test('after a value over many lines each line counts again', async () => {
  const [first, cut, last] = [JSON.stringify(a), JSON.stringify(a).slice(0, 50), JSON.stringify(b)];
  const { spans, problems } = await read(`${first}\n${indented(a)}\n${cut}\n${last}\n`);
  assert.deepEqual([spans, problems.length], [['shop a', 'shop a', 'shop b'], 1]);
  assert.match(problems.join(), new RegExp(`^spans:${indented(a).split('\n').length + 2}: not JSON`));
  // Programs that indent differently may write several such values.
  const halfIndented = (value: object) => indented(value).replace('{\n', '{');
  assert.deepEqual(await read(`${halfIndented(a)}\n${halfIndented(b)}\n`), whole);
});

test('a long line costs none that follows', async () => {
  const [long, cut] = [JSON.stringify(a), JSON.stringify(b).slice(0, 50)];
  const lines = [long, cut, JSON.stringify({ ...b, more: 1 }).replace('shop', 's')];
  for (const size of [7, 1_000]) {
    const bytes = Buffer.from(`${lines.join('\n')}\n`);
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    );
    const sink = new Sink(new SpanStore());
    await readJson(sink, 'spans', Readable.from(pieces), long.length - 20);
    assert.deepEqual([sink.store.size, sink.problems.length], [2, 1]);
    assert.match(sink.problems.join(), /^spans:2: not JSON/);
  }
});

test('what is packed otherwise says by what', async () => {
  const zstd = Buffer.from('28b52ffd0400010203', 'hex');
  const expected = 'Expected OTLP JSON or protobuf, packed by gzip or not.';
  assert.deepEqual((await read(zstd)).problems, [
    `spans: the file is packed by zstd. Unpack it first. ${expected}`,
  ]);
  // The Collector's file exporter compresses each message separately.
  assert.deepEqual((await read(Buffer.concat([Buffer.from([0, 0, 0, 9]), zstd]))).problems, [
    `spans: each message of the file is packed by zstd, which no program unpacks as one file. Turn off \`compression\` in the Collector's file exporter. ${expected}`,
  ]);
  const framed = Buffer.from('000000021001', 'hex');
  assert.match((await read(framed)).problems.join(), /not OTLP at byte 6 \(a message without spans\)/);
  const likeZip = Buffer.from('00000009504b0304', 'hex');
  assert.match((await read(likeZip)).problems.join(), /not OTLP at byte/);
});

/** Returns the spans `a` and `b` of the SDK, whose serializers convert them. `b` is below `a`, links to it, and has failed. */
function sdkSpans(): ReadableSpan[] {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'shop' }),
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer('test');
  const first = tracer.startSpan('a', { kind: SpanKind.PRODUCER, attributes: message('m1') });
  const links = [{ context: first.spanContext() }];
  const options = {
    kind: SpanKind.CONSUMER,
    links,
    attributes: message('m2', { 'messaging.batch.message_count': 2 }),
  };
  const second = tracer.startSpan('b', options, trace.setSpan(ROOT_CONTEXT, first));
  second.setStatus({ code: SpanStatusCode.ERROR });
  for (const span of [first, second]) span.end();
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

test('a resource that comes twice in protobuf is merged', async () => {
  const message = new BinaryReader(ProtobufTraceSerializer.serializeRequest(sdkSpans()) ?? Buffer.alloc(0));
  message.tag();
  const twice = Buffer.concat([message.bytes(), Buffer.of(RESOURCE, 0)]);
  const bytes = new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(twice).finish();
  assert.deepEqual(await read(bytes), whole);
});

/** The tag of the field `resource`. */
const RESOURCE = 0x0a;

test('protobuf has what JSON has', async () => {
  const spans = sdkSpans();
  const [fromProtobuf, fromJson] = await Promise.all(
    [ProtobufTraceSerializer, JsonTraceSerializer].map(async (serializer) => {
      const sink = new Sink(new SpanStore());
      await readSpansInto(sink, '-', Readable.from([Buffer.from(serializer.serializeRequest(spans) ?? [])]));
      return contentOf(sink.store);
    }),
  );
  assert.deepEqual(fromProtobuf, fromJson);
});

const contentOf = (store: SpanStore) =>
  [0, 1].map((span) => ({
    id: `${store.traceIdOf(span)}/${store.spanIdOf(span)}`,
    parent: store.parentIdOf(span),
    label: store.labelOf(span),
    times: [store.start.at(span), store.end.at(span)],
    error: store.error.at(span),
    flags: store.flags.at(span),
    links: [...store.linksOf(span)],
    message: store.messages.get(span),
  }));

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
