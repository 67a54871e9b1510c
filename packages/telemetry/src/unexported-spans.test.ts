import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SpanStatusCode } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { UnexportedSpans } from './unexported-spans.ts';

const setUp = () => {
  const unexported = new UnexportedSpans();
  const tracer = new TracerProvider({ spanProcessors: [unexported] }).getTracer('test');
  return { unexported, tracer };
};

test('ended span is kept until it is delivered', () => {
  const { unexported, tracer } = setUp();
  tracer.startSpan('work').end();
  const spans = unexported.takeAll(0);
  assert.deepEqual(
    spans.map(({ name }) => name),
    ['work'],
  );
  assert.deepEqual(unexported.takeAll(0), []);
});

test('delivered span is forgotten', () => {
  const { unexported, tracer } = setUp();
  const span = tracer.startSpan('work');
  span.end();
  unexported.settled([span as never]);
  assert.deepEqual(unexported.takeAll(0), []);
});

test('open span is ended, as failed when the process fails', () => {
  const { unexported, tracer } = setUp();
  tracer.startSpan('work');
  const [span] = unexported.takeAll(3);
  assert.equal(span?.status.code, SpanStatusCode.ERROR);
  assert.match(span.status.message ?? '', /exit code 3/);
  assert.ok(span.ended);
});

test('open span stays without error when the process ends well', () => {
  const { unexported, tracer } = setUp();
  tracer.startSpan('work');
  assert.equal(unexported.takeAll(0)[0]?.status.code, SpanStatusCode.UNSET);
});

test('memory is bounded and the newest are kept', () => {
  const { unexported, tracer } = setUp();
  for (let n = 0; n < 3_000; n++) tracer.startSpan(`work ${n}`).end();
  const spans = unexported.takeAll(0);
  assert.equal(spans.length, 2_560);
  assert.equal(spans.at(-1)?.name, 'work 2999');
});
