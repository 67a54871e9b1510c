/* Telemetry first: a requeue starts a trace, and the libraries that it uses must be instrumented before they are imported. */
process.env['OTEL_SERVICE_NAME'] ||= 'queue';
await import('@beyond-headers/telemetry/register');
const { runQueueCommand } = await import('./queue-command.ts');
// The command finishes even if its stdout is closed.
process.stdout.on('error', () => {});
process.exitCode = await runQueueCommand(process.argv.slice(2), console);
