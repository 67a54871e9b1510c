import { diag } from '@opentelemetry/api';

const reported = new Set<string>();

/** Warns through `diag` the first time that something fails, and stays quiet after that: it may fail for every message. */
export function reportOnce(what: string, error: unknown): void {
  if (reported.has(what)) return;
  reported.add(what);
  warn(`${what} Later failures of this kind are not reported.`, error);
}

/** Warns through `diag`, each time. */
export function warn(message: string, ...details: unknown[]): void {
  try {
    diag.warn(message, ...details);
  } catch {
    // A logger that fails can't report it.
  }
}

/** Returns what telemetry gives, or `undefined` if it fails: that is reported once, and never to the work. */
export function attempt<T>(what: string, telemetry: () => T): T | undefined {
  try {
    return telemetry();
  } catch (error) {
    reportOnce(`Failed to ${what}; the work continues.`, error);
    return undefined;
  }
}
