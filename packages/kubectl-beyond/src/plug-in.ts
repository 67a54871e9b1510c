import { env } from 'node:process';

/* Starts the plug-in. Tracing is set up as in a job, which is short-lived and serves no requests, before the first traced import. */
env['OTEL_SERVICE_NAME'] ||= 'kubectl';
env['TELEMETRY_PROFILE'] = 'job';
env['OTEL_NODE_ENABLED_INSTRUMENTATIONS'] ??= 'undici';
await import('@beyond-headers/telemetry/register');
await import('./main.ts');
