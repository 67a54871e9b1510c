import assert from 'node:assert/strict';
import { test } from 'node:test';
import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { inSpan, recordSpan } from './in-span.ts';

const exporter = new InMemorySpanExporter();
trace.setGlobalTracerProvider(
  new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }),
);
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

const finished = () => {
  const spans = exporter.getFinishedSpans();
  exporter.reset();
  return spans;
};

test('a span belongs to the tracer that is given', async () => {
  await inSpan('own', {}, async () => {});
  await inSpan('given', { tracer: trace.getTracer('an-instrumentation') }, async () => {});
  assert.deepEqual(
    finished().map(({ name, instrumentationScope }) => [name, instrumentationScope.name]),
    [
      ['own', 'beyond-headers'],
      ['given', 'an-instrumentation'],
    ],
  );
});

test('work runs inside its span and its result comes back', async () => {
  const spanId = await inSpan('work', { kind: SpanKind.CONSUMER }, async (span) => {
    assert.equal(trace.getActiveSpan(), span);
    return span.spanContext().spanId;
  });
  const [span] = finished();
  assert.equal(span?.spanContext().spanId, spanId);
  assert.equal(span.kind, SpanKind.CONSUMER);
  assert.equal(span.status.code, SpanStatusCode.UNSET);
});

test('failed work fails its span and is thrown on', async () => {
  await assert.rejects(
    inSpan('work', {}, () => Promise.reject(new TypeError('no such thing'))),
    TypeError,
  );
  const [span] = finished();
  assert.deepEqual(span?.status, { code: SpanStatusCode.ERROR, message: 'no such thing' });
  assert.equal(span.attributes['error.type'], 'TypeError');
});

test('given context wins over the active span', async () => {
  await inSpan('ambient', {}, () => inSpan('own', { context: ROOT_CONTEXT }, async () => {}));
  const [own] = finished();
  assert.equal(own?.name, 'own');
  assert.equal(own.parentSpanContext, undefined);
});

test('recorded span has the times it was given', () => {
  recordSpan('wait orders', { startTime: new Date(1_000), endTime: new Date(3_500) });
  const [span] = finished();
  assert.deepEqual(span?.duration, [2, 500_000_000]);
});

test('a time that is none is left out', async () => {
  const noTime = new Date(Number.NaN);
  recordSpan('wait', { startTime: noTime, endTime: noTime });
  await inSpan('work', { startTime: [Number.NaN, 0] }, async () => {});
  const spans = finished();
  assert.equal(spans.length, 2);
  for (const { startTime, endTime } of spans)
    assert.ok([...startTime, ...endTime].every((part) => Number.isFinite(part)));
});

test('a link to nothing is left out', async () => {
  const to = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 };
  const links = [{ context: undefined as never }, { context: to }, undefined as never];
  await inSpan('work', { links }, async () => {});
  assert.deepEqual(
    finished()[0]?.links.map((link) => link.context),
    [to],
  );
});

test('what has no text fails its span, too', async () => {
  const thrown: unknown = Object.create(null);
  await assert.rejects(
    inSpan('work', {}, async () => {
      throw thrown;
    }),
    (error) => error === thrown,
  );
  assert.deepEqual(finished()[0]?.status, { code: SpanStatusCode.ERROR, message: 'object' });
});
