import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { readSettings } from '../settings.ts';
import { startCollector, unavailable } from '../testing/collector.ts';
import { warningsIn } from '../testing/warnings.ts';
import { createOtlpClient } from './otlp-client.ts';
import { createSpanPipeline } from './span-pipeline.ts';
// The pipeline loads this module with the first batch. It is loaded here, so that it doesn't delay that batch.
import './span-sender.ts';

test('spans that count as lost are not tried again', async (context) => {
  const warnings = warningsIn(context);
  const collector = await startCollector(context);
  collector.answer(unavailable);
  // The timeout leaves no time for a retry, which comes after at least 800 ms.
  const pipeline = await createSpanPipeline(readSettings({ OTEL_BSP_EXPORT_TIMEOUT: '700' }));
  const provider = new TracerProvider({ spanProcessors: pipeline.processors });
  provider.getTracer('test').startSpan('work').end();
  await provider.shutdown();
  assert.equal(pipeline.status().lost.export_failed, 1);
  assert.match(warnings[0] ?? '', /failed to deliver 1 span.*the collector at http:.* answered 503/);
});

test('spans that count as lost are not sent after all', async (context) => {
  warningsIn(context);
  const collector = await startCollector(context);
  const pipeline = await createSpanPipeline(readSettings({ OTEL_BSP_EXPORT_TIMEOUT: '20' }));
  const provider = new TracerProvider({ spanProcessors: pipeline.processors });
  const span = provider.getTracer('test').startSpan('work');
  // Serializing the batch takes longer than its timeout.
  Object.defineProperty(span, 'links', {
    get: () => {
      for (const end = performance.now() + 60; performance.now() < end;);
      return [];
    },
  });
  span.end();
  await provider.shutdown();
  assert.equal(pipeline.status().lost.export_failed, 1);
  await createOtlpClient().post('{"resourceSpans":[]}', 1_000);
  assert.deepEqual(collector.names(), []);
});
