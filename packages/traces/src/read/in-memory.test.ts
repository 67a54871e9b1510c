import assert from 'node:assert/strict';
import { test } from 'node:test';
import { context, SpanKind as ApiKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { assertTree } from '../assert/assert-tree.ts';
import { fromSdkSpans } from './in-memory.ts';

test('spans of the SDK form the same tree', async () => {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'writer' }),
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer('test');
  const startTime = [1_700_000_000, 123_456_789] as [number, number];
  const root = tracer.startSpan('POST /orders', { kind: ApiKind.SERVER, startTime });
  const inRoot = trace.setSpan(context.active(), root);
  const links = [{ context: root.spanContext(), attributes: { why: 'back' } }];
  const sent = tracer.startSpan(
    'send orders',
    { kind: ApiKind.PRODUCER, links, attributes: { n: 1, list: ['a'] } },
    inRoot,
  );
  sent.addEvent('written', { ok: true });
  sent.setStatus({ code: SpanStatusCode.ERROR, message: 'boom' });
  sent.end();
  root.end([1_700_000_000, 623_456_789]);
  const spans = fromSdkSpans(exporter.getFinishedSpans());
  await provider.shutdown();

  assertTree(spans, {
    name: 'POST /orders',
    service: 'writer',
    kind: 'SERVER',
    status: 'UNSET',
    children: [
      {
        name: 'send orders',
        kind: 'PRODUCER',
        status: 'ERROR',
        attributes: { n: 1, list: ['a'] },
        links: ['writer SERVER POST /orders'],
      },
    ],
  });
  const [child, parent] = spans;
  assert.equal(parent?.startNs, 1_700_000_000_123_456_789n);
  assert.equal(parent.endMs - parent.startMs, 500);
  assert.equal(child?.status.message, 'boom');
  assert.deepEqual(child.links[0]?.attributes, { why: 'back' });
  assert.deepEqual(
    child.events.map(({ name, attributes }) => [name, attributes]),
    [['written', { ok: true }]],
  );
});
