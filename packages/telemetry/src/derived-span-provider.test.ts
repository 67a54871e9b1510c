import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import type { DerivedSpan } from './derived-span.ts';
import { derivedSpanRecorder } from './derived-span-provider.ts';

const PARENT = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1, isRemote: true };
const FACT = {
  key: 'pod-1/observe',
  name: 'observe',
  kind: SpanKind.INTERNAL,
  context: trace.setSpanContext(ROOT_CONTEXT, PARENT),
  startTime: new Date(1_000),
  endTime: new Date(3_000),
  attributes: { 'process.exit.code': 1 },
  events: [{ name: 'scheduled', time: new Date(2_000) }],
};

/** Returns what one run of a process exports for a fact, as text. */
function exportedBy(run: string, fact: DerivedSpan = FACT): string {
  const exporter = new InMemorySpanExporter();
  const resource = resourceFromAttributes({
    'service.name': 'observer',
    'service.instance.id': run,
    'process.pid': run,
  });
  derivedSpanRecorder({ resource, processors: [new SimpleSpanProcessor({ exporter })] })(fact);
  return Buffer.from(JsonTraceSerializer.serializeRequest(exporter.getFinishedSpans()) ?? []).toString();
}

const spanId = (exported: string) => /"spanId":"(\w{16})"/.exec(exported)?.[1];

const traceId = (exported = '') => /"traceId":"(\w{32})"/.exec(exported)?.[1];

test('two runs record a fact word for word', () => {
  const exported = exportedBy('first');
  assert.match(exported, /"name":"observe"/);
  assert.equal(exportedBy('second'), exported);
});

test('another fact gets another span id', () => {
  const other = exportedBy('first', { ...FACT, key: 'pod-2/observe' });
  assert.notEqual(spanId(other), spanId(exportedBy('first')));
});

test('facts of one trace key share a trace', () => {
  const inOneTrace = { ...FACT, context: ROOT_CONTEXT, traceKey: 'pod-1' };
  const [wait, observe] = ['wait', 'observe'].map((key) => exportedBy('first', { ...inOneTrace, key }));
  assert.ok(traceId(wait));
  assert.equal(traceId(wait), traceId(observe));
});

test('without a parent the trace id is derived too', () => {
  const orphan = { ...FACT, context: ROOT_CONTEXT };
  assert.equal(exportedBy('second', orphan), exportedBy('first', orphan));
  assert.doesNotMatch(exportedBy('first', orphan), /parentSpanId/);
});
