/* Telemetry first: a requeued order starts a trace, and what it is made with must be patched before it is imported. */
process.env['OTEL_SERVICE_NAME'] ||= 'queue';
await import('@beyond-headers/telemetry/register');
const { runQueueCommand } = await import('./queue-command.ts');
// What was begun is done, whether or not someone reads of it.
process.stdout.on('error', () => {});
process.exitCode = await runQueueCommand(process.argv.slice(2), console);
