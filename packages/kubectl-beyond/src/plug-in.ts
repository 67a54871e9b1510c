import { env } from 'node:process';

/* The whole plug-in: tracing as in a job, which is short and serves nothing, before the first import that it traces. */
env['OTEL_SERVICE_NAME'] ||= 'kubectl';
env['TELEMETRY_PROFILE'] = 'job';
env['OTEL_NODE_ENABLED_INSTRUMENTATIONS'] ??= 'undici';
await import('@beyond-headers/telemetry/register');
await import('./main.ts');
