import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SpanStatusCode } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { guarded } from '../guarded-processor.ts';
import { OpenSpans } from './open-spans.ts';

const setUp = () => {
  const open = new OpenSpans();
  const exporter = new InMemorySpanExporter();
  const spanProcessors = [guarded(open), new SimpleSpanProcessor({ exporter })];
  const tracer = new TracerProvider({ spanProcessors }).getTracer('test');
  return { open, tracer, ended: () => exporter.getFinishedSpans() };
};

test('open span is ended, as failed when the process fails', () => {
  const { open, tracer, ended } = setUp();
  tracer.startSpan('work');
  open.endAll(3);
  assert.equal(ended()[0]?.status.code, SpanStatusCode.ERROR);
  assert.match(ended()[0]?.status.message ?? '', /exit code 3/);
});

test('open span stays without error when the process ends well', () => {
  const { open, tracer, ended } = setUp();
  tracer.startSpan('work');
  open.endAll(0);
  assert.equal(ended()[0]?.status.code, SpanStatusCode.UNSET);
});

test('an ended span is left alone', () => {
  const { open, tracer, ended } = setUp();
  tracer.startSpan('work').end();
  open.endAll(3);
  assert.deepEqual(
    ended().map(({ status }) => status.code),
    [SpanStatusCode.UNSET],
  );
});

test('memory is bounded and the newest are kept', () => {
  const { open, tracer, ended } = setUp();
  for (let n = 0; n < 5_000; n++) tracer.startSpan(`work ${n}`);
  open.endAll(0);
  assert.equal(ended().length, 4_096);
  assert.equal(ended().at(-1)?.name, 'work 4999');
});
