const PROBE_PATHS = new Set(['/startupz', '/livez', '/readyz']);

/** Health probes come every few seconds and say nothing about a request: they are neither traced nor logged. */
export function isProbe(url: string | undefined): boolean {
  return PROBE_PATHS.has((url ?? '').split('?', 1)[0] ?? '');
}
