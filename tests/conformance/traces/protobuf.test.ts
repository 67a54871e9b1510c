import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { backends } from './backends.ts';
import { newTraceId, post, readTrace } from './client.ts';
import { encode, inside, raw, requestWith, text } from '../../../local/trace-store/src/testing/protobuf.ts';
import type { NormalChunk } from './normalise.ts';
import { protobufCases } from './protobuf-cases.ts';
import { assertStored, spanId } from './stored-span.ts';

const protobuf = { 'content-type': 'application/x-protobuf' };
/** `ExportTraceServiceResponse` with an empty `partial_success`. */
const ACCEPTED = '\n\0';
/** The start of a `google.rpc.Status` with code 3, invalid argument. */
const INVALID = '\b\u0003\u0012';

for (const backend of backends) {
  for (const [name, sent, stored] of protobufCases) {
    test(`${backend.name} and ${name} as protobuf`, async () => {
      const traceId = newTraceId();
      const { status, type, body } = await post(backend, requestWith(traceId, spanId, ...sent), protobuf);
      assert.equal(type, 'application/x-protobuf');
      if (stored === 'refused') {
        assert.equal(status, 400, body);
        assert.ok(body.startsWith(INVALID), JSON.stringify(body));
      } else assert.deepEqual({ status, body }, { status: 200, body: ACCEPTED });
      await assertStored(backend, traceId, stored);
    });
  }

  for (const [name, body, headers, expected] of [
    ['nothing', new Uint8Array(), protobuf, ACCEPTED],
    ['an empty resource', encode(inside(1)), protobuf, ACCEPTED],
    ['a parameter beside the type', encode(), { 'content-type': 'application/x-protobuf; a=b' }, ACCEPTED],
    ['a gzipped body', gzipSync(encode(inside(1))), { ...protobuf, 'content-encoding': 'gzip' }, ACCEPTED],
    ['half a body', encode(inside(1, text(3, 'schema'))).slice(0, 5), protobuf, INVALID],
    ['JSON under the wrong type', Buffer.from('{"resourceSpans":[]}'), protobuf, INVALID],
    ['bytes at random', encode(raw(0xff, 0xff, 0xff)), protobuf, INVALID],
    ['spans that are a number', encode(raw(0x08, 1)), protobuf, INVALID],
    ['a body of 30 MB', new Uint8Array(30_000_000), protobuf, INVALID],
    ['a claim of gzip', encode(inside(1)), { ...protobuf, 'content-encoding': 'gzip' }, INVALID],
  ] as const) {
    test(`${backend.name} is posted ${name} as protobuf`, async () => {
      const answer = await post(backend, body, headers);
      assert.equal(answer.status, expected === ACCEPTED ? 200 : 400);
      assert.equal(answer.type, 'application/x-protobuf');
      assert.ok(answer.body.startsWith(expected), JSON.stringify(answer.body));
    });
  }

  test(`${backend.name} stores a span of the SDK the same from either encoding`, async () => {
    const [asJson, asProtobuf] = [recordedSpan(), recordedSpan()];
    await post(backend, Uint8Array.from(JsonTraceSerializer.serializeRequest(asJson.spans) ?? []));
    await post(
      backend,
      Uint8Array.from(ProtobufTraceSerializer.serializeRequest(asProtobuf.spans) ?? []),
      protobuf,
    );
    const expected = comparable(await readTrace(backend, asJson.traceId, 2));
    assert.deepEqual(comparable(await readTrace(backend, asProtobuf.traceId, 2)), expected);
    assert.deepEqual(
      expected[0]?.spans.map(({ name }) => name),
      ['child ✓', 'parent'],
    );
  });
}

/** Records a parent and a child with attributes, an event, a link, and a status. The times are the same in each recording. */
function recordedSpan() {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  const tracer = provider.getTracer('contract', '1.2.3');
  const parent = tracer.startSpan('parent', { startTime: at(0), kind: SpanKind.PRODUCER }, ROOT_CONTEXT);
  const links = [{ context: parent.spanContext(), attributes: { why: 'link' } }];
  const child = tracer.startSpan('child ✓', { startTime: at(1), links }, trace.setSpan(ROOT_CONTEXT, parent));
  child.setAttributes({ text: 'é', whole: 7, part: 1.5, yes: true, list: ['a', 'b'] });
  child.addEvent('event', { n: 1 }, at(2));
  child.setStatus({ code: SpanStatusCode.ERROR, message: 'failed' });
  child.end(at(3));
  parent.end(at(4));
  const spans = exporter.getFinishedSpans();
  return { spans, traceId: parent.spanContext().traceId };
}

const at = (ms: number) => new Date(1_700_000_000_000 + ms);

/** Sorts spans by name, and replaces each id with `x`, including those of links. */
function comparable(chunks: readonly NormalChunk[]): NormalChunk[] {
  const sorted = chunks.map((chunk) => ({ ...chunk, spans: chunk.spans.toSorted(byName) }));
  const id = /"((?:trace|span|parentSpan)Id)":"[0-9a-f]+"/g;
  return JSON.parse(JSON.stringify(sorted).replaceAll(id, '"$1":"x"')) as NormalChunk[];
}

const byName = (a: { name?: unknown }, b: { name?: unknown }) => (String(a.name) < String(b.name) ? -1 : 1);
