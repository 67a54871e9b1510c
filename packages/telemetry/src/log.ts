import { redactSecrets } from './redact-secrets.ts';

/** One line of JSON on stderr, in the shape of the services' logs, without loading their logger and without secrets. */
export function warn(message: string): void {
  const msg = redactSecrets(message, process.env);
  console.error(JSON.stringify({ level: 'warn', time: new Date().toISOString(), name: 'telemetry', msg }));
}

/** What an error says, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
