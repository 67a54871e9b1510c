const PROBES_AND_PAGES = /^\/(startupz|livez|readyz|openapi\.json|docs(\/.*)?)$/;

/**
 * Reports whether a request is neither traced nor logged: a health probe, which comes every few seconds, or a request for the
 * API's description.
 */
export function isUnobserved(url: string | undefined): boolean {
  return PROBES_AND_PAGES.test((url ?? '').split('?', 1)[0] ?? '');
}
