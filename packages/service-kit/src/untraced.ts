import { randomBytes } from 'node:crypto';

/**
 * Returns headers for a request that is sent several times a second. They start an unsampled trace, so the request creates no
 * spans, and a list of traces shows only work.
 */
export function untraced(): { traceparent: string } {
  return { traceparent: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00` };
}
