import assert from 'node:assert/strict';
import { test } from 'node:test';
import { propagation, SpanKind, trace } from '@opentelemetry/api';
import { StrictTraceContextPropagator } from '@beyond-headers/propagation';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { ClaimedOrder } from './queue/order-queue.ts';
import { recordWait } from './attempt.ts';
import { startOfAttempt } from './start-of-attempt.ts';

const exporter = new InMemorySpanExporter();
trace.setGlobalTracerProvider(
  new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }),
);
propagation.setGlobalPropagator(new StrictTraceContextPropagator());

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const CARRIED = { traceparent: `00-${TRACE_ID}-b7ad6b7169203331-01` };
const AT = new Date('2026-01-31T12:00:00Z');

const orderWith = (changes: Partial<ClaimedOrder>): ClaimedOrder => ({
  _id: '6740e1c2a5f3b1d2c3e4f506',
  customer: 'ada',
  items: [],
  report: false,
  status: 'processing',
  createdAt: AT,
  availableAt: AT,
  attempts: 1,
  traceIds: [TRACE_ID],
  lease: { token: 't', owner: 'o', availableSince: AT, claimedAt: new Date(AT.getTime() + 250), until: AT },
  ...changes,
});

/** Returns the wait spans that have ended before the consumer span starts, and after. */
function waitsOf(order: ClaimedOrder, options?: Parameters<typeof startOfAttempt>[1]) {
  exporter.reset();
  const start = startOfAttempt(order, options);
  const complete = recordWait(order, start);
  const before = [...exporter.getFinishedSpans()];
  const consumer = trace.getTracer('test').startSpan('process orders', start, start.context);
  complete(consumer);
  return { before, after: exporter.getFinishedSpans(), consumer: consumer.spanContext() };
}

test('a wait is complete before the attempt starts, so that none is without', () => {
  const { before, after } = waitsOf(orderWith({ context: CARRIED }));
  assert.deepEqual(
    before.map(({ name, kind, duration }) => [name, kind, duration]),
    [['wait orders', SpanKind.INTERNAL, [0, 250_000_000]]],
  );
  assert.equal(after.length, 1);
});

test('a wait that ends in another trace links to where it goes on', () => {
  const { before, after, consumer } = waitsOf(orderWith({ context: CARRIED }), { shapeOf: () => 'link' });
  assert.equal(before.length, 0);
  assert.equal(after[0]?.spanContext().traceId, TRACE_ID);
  assert.deepEqual(
    after[0]?.links.map(({ context }) => context.spanId),
    [consumer.spanId],
  );
});

test('a wait without a carrier is under the attempt', () => {
  const { before, after, consumer } = waitsOf(orderWith({}));
  assert.equal(before.length, 0);
  assert.equal(after[0]?.parentSpanContext?.spanId, consumer.spanId);
});

test('an order chooses no shape by itself', () => {
  const start = startOfAttempt(orderWith({ context: CARRIED, demo: { shape: 'link' } }));
  assert.deepEqual([start.root, start.links], [false, []]);
});
