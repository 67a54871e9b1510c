import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { test, type TestContext } from 'node:test';
import { Worker } from 'node:worker_threads';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { createSpanPipeline } from '../export/span-pipeline.ts';
import { readSettings } from '../settings.ts';
import { startCollector, unavailable } from '../testing/collector.ts';
import { createJournalFolder } from '../testing/journal-folder.ts';
import { warningsIn } from '../testing/warnings.ts';

/** For tests of the collector's response, not of its absence: even a busy machine responds in this time. */
const PATIENT_MS = 10_000;

/** Creates a pipeline with a journal, whose exporter gives up after `giveUpMs`. */
async function journaling(context: TestContext, env: Record<string, string> = {}, giveUpMs = 50) {
  warningsIn(context);
  const directory = await createJournalFolder(context);
  process.env['OTEL_EXPORTER_OTLP_TIMEOUT'] = String(giveUpMs);
  context.after(() => delete process.env['OTEL_EXPORTER_OTLP_TIMEOUT']);
  const collector = await startCollector(context);
  const settings = readSettings({ TELEMETRY_JOURNAL_DIR: directory, OTEL_BSP_SCHEDULE_DELAY: '1', ...env });
  const pipeline = await createSpanPipeline(settings, { journalRetryMs: 20 });
  const provider = new TracerProvider({ spanProcessors: pipeline.processors });
  const tracer = provider.getTracer('test');
  return {
    directory,
    collector,
    pipeline,
    provider,
    end: (name: string) => tracer.startSpan(name).end(),
    kept: (count: number) =>
      context.waitFor(() => assert.equal(pipeline.status().kept, count), { timeout: PATIENT_MS }),
    files: () => readdir(directory),
  };
}

test('nothing of an outage is lost when the collector is back', async (context) => {
  // Long enough for a busy machine to respond when the collector is available again.
  const { collector, pipeline, provider, end, kept, files } = await journaling(context, {}, 2_000);
  collector.answer(unavailable);
  for (let n = 0; n < 600; n++) end(`during ${n}`);
  await provider.forceFlush();
  await kept(600);
  collector.answer((response) => void response.end('{}'));
  await kept(0);
  const names = collector.names();
  assert.deepEqual(new Set(names), new Set(Array.from({ length: 600 }, (_, n) => `during ${n}`)));
  assert.equal(names.length, 600);
  assert.equal(pipeline.status().delivered, 600);
  await provider.shutdown();
  assert.deepEqual(await files(), []);
});

test('what the queue has no room for comes from the journal', async (context) => {
  const env = { OTEL_BSP_MAX_QUEUE_SIZE: '2' };
  const { collector, pipeline, end, kept, provider } = await journaling(context, env, PATIENT_MS);
  const waiting: Array<() => void> = [];
  collector.answer((response) => void waiting.push(() => response.end('{}')));
  for (let n = 0; n < 100; n++) end(`span ${n}`);
  await kept(100 - 8 * 2 - 2);
  collector.answer((response) => void response.end('{}'));
  for (const answer of waiting) answer();
  await kept(0);
  await provider.forceFlush();
  assert.equal(new Set(collector.names()).size, 100);
  assert.deepEqual(pipeline.status().lost, { queue_full: 0, export_failed: 0, rejected: 0, journal_full: 0 });
  await provider.shutdown();
});

test('what the collector rejects is counted and not sent again', async (context) => {
  const { collector, pipeline, end, provider, files } = await journaling(context, {}, PATIENT_MS);
  collector.answer((response) => void response.end('{"partialSuccess":{"rejectedSpans":"1"}}'));
  end('one');
  end('two');
  await provider.forceFlush();
  assert.deepEqual(pipeline.status(), {
    waiting: 0,
    delivered: 1,
    kept: 0,
    lost: { queue_full: 0, export_failed: 0, rejected: 1, journal_full: 0 },
  });
  await provider.shutdown();
  assert.equal(collector.requests.length, 1);
  assert.deepEqual(await files(), []);
});

test('bad data is given up and not kept', async (context) => {
  const { collector, pipeline, end, provider, files } = await journaling(context, {}, PATIENT_MS);
  collector.answer((response) => response.writeHead(400).end());
  end('bad');
  await provider.shutdown();
  assert.equal(pipeline.status().lost.rejected, 1);
  assert.equal(pipeline.status().kept, 0);
  assert.deepEqual(await files(), []);
});

test('what ended threads left is delivered while the process lives', async (context) => {
  const { directory, collector, files, provider } = await journaling(context, {}, PATIENT_MS);
  const source = `const { parentPort, workerData: { name, directory, text } } = require('node:worker_threads');
    import(name).then(({ journalName }) => {
      require('node:fs').writeFileSync(directory + '/' + journalName(), text);
      parentPort.postMessage('written');
    });`;
  const text =
    'S {"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"open","spanId":"a","startTimeUnixNano":"1"}]}]}]}\n';
  const name = new URL('./journal-name.ts', import.meta.url).href;
  for (const count of [1, 2]) {
    const thread = new Worker(source, { eval: true, workerData: { name, directory, text } });
    await once(thread, 'message');
    await thread.terminate();
    await context.waitFor(() => assert.equal(collector.names().length, count), { timeout: PATIENT_MS });
  }
  assert.deepEqual(collector.names(), ['open', 'open']);
  await context.waitFor(async () => assert.equal((await files()).length, 1), { timeout: PATIENT_MS });
  await provider.shutdown();
  assert.deepEqual(await files(), []);
});
