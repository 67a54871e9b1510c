import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { guarded } from './guarded-processor.ts';
import { warningsIn } from './testing/warnings.ts';

const fail = (): never => {
  throw new Error('broken');
};

test('a broken processor fails neither the span nor the processors after it', (t) => {
  const warnings = warningsIn(t);
  const exporter = new InMemorySpanExporter();
  const broken = { onStart: fail, onEnding: fail, onEnd: fail, forceFlush: fail, shutdown: fail };
  const spanProcessors = [guarded(broken), new SimpleSpanProcessor({ exporter })];
  const tracer = new TracerProvider({ spanProcessors }).getTracer('test');
  for (let n = 0; n < 3; n++) tracer.startSpan('work').end();
  assert.equal(exporter.getFinishedSpans().length, 3);
  assert.deepEqual(
    ['onStart', 'onEnding', 'onEnd'].map(
      (hook) => warnings.filter((line) => line.includes(`at ${hook};`)).length,
    ),
    [1, 1, 1],
  );
});

test('what a processor rejects at its end its caller knows', async () => {
  const broken = { onStart: fail, onEnd: fail, forceFlush: fail, shutdown: fail };
  await assert.rejects(guarded(broken).shutdown(), /broken/);
  await assert.rejects(guarded(broken).forceFlush(), /broken/);
});
