const PROBES_AND_PAGES = /^\/(startupz|livez|readyz|openapi\.json|docs(\/.*)?)$/;

/**
 * Reports whether a request is neither traced nor logged. Health probes come every few seconds and aren't part of any request,
 * and pages that describe the API aren't work.
 */
export function isUnobserved(url: string | undefined): boolean {
  return PROBES_AND_PAGES.test((url ?? '').split('?', 1)[0] ?? '');
}
