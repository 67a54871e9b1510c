import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { readSettings } from '../settings.ts';
import { startCollector, unavailable } from '../testing/collector.ts';
import { createSpanPipeline } from './span-pipeline.ts';

test('spans that count as lost are not tried again', async (context) => {
  const said = context.mock.method(console, 'error', () => {});
  const collector = await startCollector(context);
  collector.answer(unavailable);
  // The shorter of the two leaves no time for a second try, which comes after 800 ms.
  const pipeline = await createSpanPipeline(readSettings({ OTEL_BSP_EXPORT_TIMEOUT: '700' }));
  const provider = new TracerProvider({ spanProcessors: pipeline.processors });
  provider.getTracer('test').startSpan('work').end();
  await provider.shutdown();
  assert.equal(pipeline.status().lost.export_failed, 1);
  const [line] = said.mock.calls.map(({ arguments: [text] }) => String(text));
  assert.match(line ?? '', /failed to deliver 1 span.*the collector answered 503/);
});
