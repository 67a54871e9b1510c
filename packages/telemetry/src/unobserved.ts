const PROBES_AND_PAGES = /^\/(startupz|livez|readyz|openapi\.json|docs(\/.*)?)$/;

/**
 * Health probes come every few seconds and say nothing about a request, and to show the page that describes the API is not
 * work. So these requests are neither traced nor logged.
 */
export function isUnobserved(url: string | undefined): boolean {
  return PROBES_AND_PAGES.test((url ?? '').split('?', 1)[0] ?? '');
}
