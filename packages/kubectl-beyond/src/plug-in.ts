/* The whole plug-in: tracing as in a job, which is short and serves nothing, before the first import that it traces. */
process.env['OTEL_SERVICE_NAME'] ||= 'kubectl';
process.env['TELEMETRY_PROFILE'] = 'job';
process.env['OTEL_NODE_ENABLED_INSTRUMENTATIONS'] ??= 'undici';
await import('@beyond-headers/telemetry/register');
await import('./main.ts');
export {};
