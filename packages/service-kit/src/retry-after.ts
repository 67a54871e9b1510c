/** Matches the beginning of an HTTP date in any of its three forms: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7 */
const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /;

/**
 * Returns the time that a `Retry-After` header asks for, in milliseconds from now. The header has seconds or an HTTP date.
 * Returns 0 if it is absent, invalid, or in the past. There is no upper limit: the caller must set one.
 * Source: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function retryAfterMs(header: string | null | undefined, now = Date.now()): number {
  const value = header?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1_000;
  if (!HTTP_DATE.test(value)) return 0;
  // A date in the form of asctime() has no time zone, and means GMT.
  const at = Date.parse(value.endsWith('GMT') ? value : `${value} GMT`);
  return Number.isNaN(at) ? 0 : Math.max(0, at - now);
}
