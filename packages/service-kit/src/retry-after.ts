/** How the three forms of an HTTP date begin: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7 */
const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /;

/**
 * What a `Retry-After` header asks for, in milliseconds from now: seconds or an HTTP date. 0 when it is absent, in the past or
 * nothing of the two. It has no upper bound: that is for the caller to set.
 * Source: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function retryAfterMs(header: string | null | undefined, now = Date.now()): number {
  const value = header?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1_000;
  if (!HTTP_DATE.test(value)) return 0;
  // The form of asctime() names no zone, and means this one.
  const at = Date.parse(value.endsWith('GMT') ? value : `${value} GMT`);
  return Number.isNaN(at) ? 0 : Math.max(0, at - now);
}
