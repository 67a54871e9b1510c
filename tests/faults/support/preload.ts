import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forkTraceStore } from '../../support/fork-trace-store.ts';

/** The preload of every fault test. Starts a trace store, and telemetry for the orders that the test itself writes. */
const urls = await forkTraceStore({ maxTraces: 100_000, maxSpans: 1_000_000, maxBytes: 2 * 1024 ** 3 });

const journals = mkdtempSync(join(tmpdir(), 'beyond-headers-journals-'));
process.once('exit', () => rmSync(journals, { recursive: true, force: true }));

/** The URLs for sending and reading spans, and the folder in which the next poller finds the spans of a killed one. */
export const traces = { ...urls, journals };

process.env['OTEL_SERVICE_NAME'] = 'writer';
process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = urls.otlpUrl;
process.env['OTEL_BSP_SCHEDULE_DELAY'] = '50';
// The test writes orders faster than any writer would, and none of its spans may be dropped.
process.env['OTEL_BSP_MAX_QUEUE_SIZE'] = '200000';
await import('@beyond-headers/telemetry/register');
