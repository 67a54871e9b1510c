import { fork } from 'node:child_process';
import { once } from 'node:events';

/**
 * Preload of every integration test: starts a trace store in its own process, and the services' telemetry, which exports to the store.
 * It must run before the services are imported (`node --import`).
 */
const child = fork(new URL('./trace-store-process.ts', import.meta.url), { execArgv: [] });
const [urls] = (await once(child, 'message')) as [{ otlpUrl: string; queryUrl: string }];
// Neither may keep a finished test process alive. The store ends when the channel to this process closes.
child.unref();
child.channel?.unref();

export const traces = urls;

process.env['OTEL_SERVICE_NAME'] = 'in-process';
process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = urls.otlpUrl;
process.env['OTEL_BSP_SCHEDULE_DELAY'] = '20';
await import('@beyond-headers/telemetry/register');
