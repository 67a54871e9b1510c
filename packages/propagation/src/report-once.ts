import { diag } from '@opentelemetry/api';

const reported = new Set<string>();

/** Warns through `diag` only the first time that something fails, because it may fail for every message. */
export function reportOnce(what: string, error: unknown): void {
  if (reported.has(what)) return;
  reported.add(what);
  warn(`${what} Later failures of this kind are not reported.`, error);
}

/** Warns through `diag` only the first time. */
export function warnOnce(message: string): void {
  if (reported.has(message)) return;
  reported.add(message);
  warn(message);
}

/** Warns through `diag`, each time. */
export function warn(message: string, ...details: unknown[]): void {
  try {
    diag.warn(message, ...details);
  } catch {
    // A failing logger can't report its own failure.
  }
}

/** Warns that a carrier does not get a field. Returns false, as the result of the check that the field failed. */
export function leaveOut(field: string, reason: string): false {
  warn(`Left out ${field}: ${reason}`);
  return false;
}

/** Returns the result of a telemetry call, or `undefined` if it fails. The failure is reported once, and never reaches the work. */
export function attempt<T>(what: string, telemetry: () => T): T | undefined {
  try {
    return telemetry();
  } catch (error) {
    reportOnce(`Failed to ${what}; the work continues.`, error);
    return undefined;
  }
}
