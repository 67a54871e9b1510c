import { randomBytes } from 'node:crypto';

/**
 * Headers for a question that comes several times a second. The trace that they begin is not sampled, so no span is recorded
 * of it, and a list of traces shows the work alone.
 */
export function untraced(): { traceparent: string } {
  return { traceparent: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00` };
}
