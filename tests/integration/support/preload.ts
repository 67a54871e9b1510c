import { forkTraceStore } from '../../support/fork-trace-store.ts';
import { sharedServers } from './shared-servers.ts';

/**
 * Preload of every integration test: starts the services' telemetry, which exports to a trace store. It must run before the
 * services are imported (`node --import`).
 */
export const traces = sharedServers?.traces ?? (await forkTraceStore());

process.env['OTEL_SERVICE_NAME'] = 'in-process';
process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = traces.otlpUrl;
process.env['OTEL_BSP_SCHEDULE_DELAY'] = '20';
await import('@beyond-headers/telemetry/register');
