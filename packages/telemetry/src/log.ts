import { redactSecrets } from './redact-secrets.ts';

/** Writes a line of JSON to stderr, in the format of the services' logs. It doesn't load their logger, and redacts secrets. */
export function warn(message: string): void {
  const msg = redactSecrets(message, process.env);
  console.error(JSON.stringify({ level: 'warn', time: new Date().toISOString(), name: 'telemetry', msg }));
}

const warned = new Set<string>();

/** Writes such a line only the first time that something with this key happens, because it may happen for every request. */
export function warnOnce(key: string, message: string): void {
  if (!warned.has(key)) warn(message);
  warned.add(key);
}

/** Returns the message of an error, or the text of any other thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
