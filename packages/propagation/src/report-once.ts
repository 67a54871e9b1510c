import { diag } from '@opentelemetry/api';

const reported = new Set<string>();

/** Warns through `diag` the first time that something fails, and stays quiet after that: it may fail for every message. */
export function reportOnce(what: string, error: unknown): void {
  if (reported.has(what)) return;
  reported.add(what);
  diag.warn(`${what} Later failures of this kind are not reported.`, error);
}
